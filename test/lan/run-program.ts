import { spawn } from 'node:child_process';

export interface Ran {
  code: number | null;
  output: string;
  errors: string;
}

/** Runs `unbind-lan.mjs` of a folder with Node alone: no packages, and next to no environment. */
export function runProgram(folder: string, args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['unbind-lan.mjs', ...args], {
      cwd: folder,
      env: { LANG: 'vi_VN.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('close', (code) => done({ code, output, errors }));
  });
}
