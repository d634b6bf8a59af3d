import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { whyNoSmallDisk } from './chaos/small-disk.ts';
import { whyNoBrowser } from './e2e/chromium.ts';
import { whyNoNamespaces } from './lan/namespaces.ts';
import { whyNoPostgres } from './postgres/binaries.ts';

/** Parts of the suite that a machine may be unable to run, with the reason, or null = they run. */
const LEGS: { leg: string; whySkipped: () => string | null }[] = [
  { leg: 'test/e2e (journeys in a real browser)', whySkipped: whyNoBrowser },
  // The contract on the engine of many machines, and what only several processes can get wrong.
  { leg: 'test/store/postgres.test.ts (a real PostgreSQL)', whySkipped: whyNoPostgres },
  { leg: 'test/lan (a scan over several networks)', whySkipped: whyNoNamespaces },
  { leg: 'test/chaos/disk-full.test.ts (a disk that fills up)', whySkipped: whyNoSmallDisk },
];

/** Says at the top of every run what it runs on and, loudly, what it leaves out and why. */
export default function setup(): void {
  if (Number.parseInt(process.versions.node, 10) < 24) {
    throw new Error(
      `The tests run on Node 24 or newer and this is ${process.version}. Start them with npm ` +
        '(npm test), which uses the Node of node_modules; after "npm ci --ignore-scripts" it is missing.',
    );
  }
  console.log(`Tests run on Node ${process.version} (${process.platform} ${process.arch}).`);
  for (const { leg, whySkipped } of LEGS) {
    const why = whySkipped();
    if (why !== null) console.log(`\n*** SKIPPED: ${leg}: ${why}. ***\n`);
  }
  build('build-pages.ts');
  build('build-scanner.ts');
}

/** The journeys use the real pages and the real scanner: built here, once, when older than their sources. */
function build(name: string): void {
  const script = resolve(import.meta.dirname, '../scripts', name);
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} failed:\n${stderr}`);
}
