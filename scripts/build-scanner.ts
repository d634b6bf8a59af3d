import { chmodSync, globSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

// Builds the LAN scanner into one file that Node runs without any package, unless it is there
// already and newer than all it is made of.

const HOME = resolve(import.meta.dirname, '..');
const SOURCES = ['src/lan/*.ts', 'src/domain/*.ts', 'locales/*/lan.json', 'package-lock.json'];
const FOLDER = resolve(HOME, 'dist/lan');
const NAME = 'unbind-lan.mjs';
/** Installers may have an old Node; docs/lan-scanner.md names it as the oldest. */
const OLDEST_NODE = 'node18';

function changedAt(path: string): number {
  return statSync(resolve(HOME, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function stale(): boolean {
  const sources = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: HOME }));
  const built = changedAt(resolve(FOLDER, NAME));
  return [...sources, 'scripts/build-scanner.ts'].some((source) => changedAt(source) > built);
}

if (process.argv.includes('--force') || stale()) {
  // Loaded only now: most starts have nothing to build.
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: HOME,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: resolve(HOME, 'src/lan/main.ts'),
      outDir: FOLDER,
      emptyOutDir: true,
      target: OLDEST_NODE,
      minify: false,
      rolldownOptions: {
        output: {
          entryFileNames: NAME,
          codeSplitting: false,
          banner:
            '#!/usr/bin/env node\n// Holds fast-xml-parser, i18next and zod, each under the MIT licence.',
        },
      },
    },
  });
  chmodSync(resolve(FOLDER, NAME), 0o755);
}
