/**
 * The reading process. It has no secrets, no log and no file to write; it ends with its parent, and whenever the parent
 * finds it too slow or too large.
 */

import { type Clock, clock } from './clock.ts';
import { stripMetadata } from './decode.ts';
import { covered, outlined } from './draw.ts';
import { look } from './look.ts';
import { type Answer, type Job, JobSchema } from './protocol.ts';
import { secretPlaces } from './secrets.ts';
import { warmUp } from './warm.ts';

// zxing tells "not found" by throwing, thousands of times a picture: traces would cost more than the search.
Error.stackTraceLimit = 0;

/** Loading what reading needs costs a second of work: not while everything else starts. */
const AFTER_START_MS = 3_000;

function answer(message: Answer): void {
  process.send?.(message);
}

let warm: Promise<void> | null = null;

function warmed(): Promise<void> {
  warm ??= warmUp();
  return warm;
}

/** The time for a picture. Loading is none of its work, but the person waits for it, too. */
async function timeFor({ softMs, wallMs }: { softMs: number; wallMs: number }): Promise<Clock> {
  const begun = performance.now();
  await warmed();
  return clock(softMs, wallMs - (performance.now() - begun));
}

async function perform(job: Job): Promise<Answer> {
  switch (job.kind) {
    case 'read':
      return {
        kind: 'read',
        id: job.id,
        read: await look(job.bytes, job.claim, await timeFor(job)),
      };
    case 'tidy':
      return { kind: 'tidied', id: job.id, tidied: await stripMetadata(job.bytes) };
    case 'outline':
      return { kind: 'tidied', id: job.id, tidied: await outlined(job.bytes, job.places) };
    case 'mask': {
      const places = await secretPlaces(job.bytes, await timeFor(job));
      const tidied = 'refused' in places ? places : await covered(job.bytes, places.secret);
      return { kind: 'tidied', id: job.id, tidied };
    }
  }
}

function failed(job: Job): Answer {
  return job.kind === 'read'
    ? { kind: 'read', id: job.id, read: { reading: { outcome: 'failed' } } }
    : { kind: 'tidied', id: job.id, tidied: { failed: true } };
}

process.on('message', (message) => {
  const job = JobSchema.parse(message);
  // A reader that trips over one picture costs that picture only.
  perform(job).then(answer, () => answer(failed(job)));
});
process.on('disconnect', () => process.exit(0));

setTimeout(warmed, AFTER_START_MS);
answer({ kind: 'ready' });
