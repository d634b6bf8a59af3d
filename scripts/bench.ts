import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

// Runs a measurement by its name: `npm run bench -- evidence`. Each is a module of test/bench with a function `run`.

const folder = resolve(import.meta.dirname, '../test/bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3));

const [name = '', ...args] = process.argv.slice(2);
if (names.includes(name)) {
  const bench: { run(args: string[]): Promise<void> } = await import(
    new URL(`../test/bench/${name}.ts`, import.meta.url).href
  );
  await bench.run(args);
} else {
  console.log(`Which measurement? npm run bench -- ${names.join(' | ')}`);
  process.exitCode = 1;
}
