import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { homeScreen } from './scripts/home-screen.ts';

const root = resolve(import.meta.dirname, 'src/web');

/** The pages; one that is not in the tree is left out rather than failing the others' build. */
const pages = ['chat', 'desk', 'upload']
  .map((page) => resolve(root, page, 'index.html'))
  .filter((page) => existsSync(page));

const worker = resolve(root, 'worker/sw.ts');

/** The pages of the assistant: chat/ for installers, desk/ for agents, upload/ for files from a chat without them. Output: dist/web. */
export default defineConfig({
  root,
  base: '/',
  publicDir: false,
  plugins: [homeScreen()],
  // Vite's own compiler knows Preact's JSX runtime: no Babel in the build.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Security headers forbid inline data scripts; small assets stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [...pages, worker],
      output: {
        // The worker's address must never change; it imports nothing, so that it is one file.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3978', '/pictures': 'http://127.0.0.1:3978' } },
});
