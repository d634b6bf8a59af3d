import { createInterface } from 'node:readline/promises';
import { lanInterfaces } from './interfaces.ts';
import { run, sorry } from './run.ts';

// The program itself. Whoever hands it out may write its address into this.
const { UNBIND_LAN_SERVER: preset } = globalThis as { UNBIND_LAN_SERVER?: unknown };

const early = new AbortController();
let asked = false;
process.on('SIGINT', () => {
  // The first ends the scan with what was seen; a second one is for those who meant more.
  if (asked) process.exit(130);
  asked = true;
  early.abort();
});

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

try {
  process.exitCode = await run(process.argv.slice(2), {
    env: process.env,
    output: process.stdout,
    errors: process.stderr,
    ask: process.stdin.isTTY && process.stdout.isTTY ? ask : null,
    signal: early.signal,
    preset: typeof preset === 'string' ? preset : '',
    now: Date.now,
    interfaces: lanInterfaces,
  });
} catch (error) {
  process.stderr.write(`${sorry(process.env, error)}\n`);
  process.exitCode = 1;
}
