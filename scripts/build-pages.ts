import { globSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

// Builds the pages into dist/web, unless they are there already and newer than all they are made of.

const HOME = resolve(import.meta.dirname, '..');
const SOURCES = [
  'src/web/**/*',
  'src/channels/*/wire.ts',
  'src/desk/wire/*.ts',
  'src/{dialogue,domain}/*.ts',
  'locales/*/*.json',
  'vite.config.ts',
  'scripts/home-screen.ts',
  'package-lock.json',
];
const BUILT = 'dist/web/**/*.html';

function changedAt(pattern: string): number[] {
  return globSync(pattern, { cwd: HOME }).map((file) => statSync(resolve(HOME, file)).mtimeMs);
}

/** True when a page is missing, or older than a source. A deleted source changes its folder's time. */
function stale(): boolean {
  const pages = globSync('src/web/*/index.html', { cwd: HOME }).length;
  const built = changedAt(BUILT);
  return built.length < pages || Math.min(...built) < Math.max(...SOURCES.flatMap(changedAt));
}

if (process.argv.includes('--force') || stale()) {
  // Loaded only now: most starts have nothing to build.
  const { build } = await import('vite');
  await build({ configFile: resolve(HOME, 'vite.config.ts'), logLevel: 'warn' });
}
