import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

// Runs a measurement by its name: `npm run bench -- evidence`. Each is a module of test/bench. Without a name
// all of them run, each at the size that its `brief` asks for: some ten minutes on two cores.

interface Bench {
  run(args: string[]): Promise<void>;
  /** Arguments that make it short. */
  brief: readonly string[];
}

const folder = resolve(import.meta.dirname, '../test/bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3));

function load(name: string): Promise<Bench> {
  return import(new URL(`../test/bench/${name}.ts`, import.meta.url).href);
}

const [name, ...args] = process.argv.slice(2);
if (name === undefined) {
  for (const each of names) {
    const { run, brief } = await load(each);
    console.log(`\nnpm run bench -- ${[each, ...brief].join(' ')}\n`);
    await run([...brief]);
  }
} else if (names.includes(name)) {
  const { run } = await load(name);
  await run(args);
} else {
  console.log(
    `Which measurement? npm run bench -- ${names.join(' | ')}, or all of them without a name.`,
  );
  process.exitCode = 1;
}
