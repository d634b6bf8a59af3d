import { globSync } from 'node:fs';
import { basename, resolve } from 'node:path';

// `npm run bench -- NAME [ARGS]` runs test/bench/NAME.ts, or NAME/bench.ts. Without a name it lists them.

const FOLDER = resolve(import.meta.dirname, '../test/bench');
const [name, ...args] = process.argv.slice(2);
const files = globSync(['turns.ts', '*/bench.ts'], { cwd: FOLDER });
const nameOf = (file: string) =>
  file.endsWith('/bench.ts') ? basename(resolve(FOLDER, file, '..')) : basename(file, '.ts');

const file = files.find((one) => nameOf(one) === name);
if (file) {
  const bench = (await import(resolve(FOLDER, file))) as { run(args: string[]): Promise<void> };
  await bench.run(args);
} else {
  console.log(`Which bench? npm run bench -- ${files.map(nameOf).join(' | ')}`);
  process.exitCode = name ? 1 : 0;
}
