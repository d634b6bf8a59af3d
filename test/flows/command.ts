import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../conversations/world.ts';

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Runs `npm run flow -- …` with these lines as its input, in `home` or in this house. */
export async function flowCommand(args: string[], lines: string[] = [], home = root): Promise<Ran> {
  const child = spawn(process.execPath, [join(home, 'src', 'flow.ts'), ...args], {
    cwd: home,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ran: Ran = { code: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ran.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ran.err += text;
  });
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  ran.code = await new Promise((resolve) => {
    child.once('close', resolve);
  });
  return ran;
}
