import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

// Runs every check, says one line for each, and fails when one of them does. A single one by
// itself: `npm run check:types`, and so on.

const CHECKS = [
  { script: 'check:format', holds: 'format and lint' },
  { script: 'check:types', holds: 'types of the server and of the pages' },
  { script: 'check:arrows', holds: 'arrows between the rooms' },
  { script: 'check:unused', holds: 'nothing dead: files, exports, packages' },
  { script: 'check:flows', holds: 'flows and their texts in both languages' },
];

function run(script: string): { passed: boolean; output: string } {
  // `node --run` puts node_modules/.bin first, so that all of it runs on the packaged Node.
  const child = spawnSync(process.execPath, ['--run', script], {
    cwd: resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const output = [child.stdout, child.stderr, child.error?.message].filter(Boolean).join('\n');
  return { passed: child.status === 0, output };
}

const failed: string[] = [];
for (const { script, holds } of CHECKS) {
  const begun = performance.now();
  const { passed, output } = run(script);
  const took = `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  if (passed) {
    console.log(`ok      ${script.padEnd(13)} ${holds} (${took})`);
  } else {
    failed.push(script);
    console.log(`\n${output.trim()}\n\nFAILED  ${script.padEnd(13)} ${holds} (${took})\n`);
  }
}

console.log(
  failed.length === 0
    ? `All ${CHECKS.length} checks passed (Node ${process.version}).`
    : `${failed.length} of ${CHECKS.length} checks failed: ${failed.join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
