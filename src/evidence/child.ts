/**
 * The reading process. It has no secrets, no log and no file to write; it ends with its parent, and whenever the parent
 * finds it too slow or too large.
 */
import { stripMetadata } from './decode.ts';
import { look } from './look.ts';
import { type Answer, type Job, JobSchema } from './protocol.ts';

// zxing tells "not found" by throwing, thousands of times a picture: traces would cost more than the search.
Error.stackTraceLimit = 0;

function answer(message: Answer): void {
  process.send?.(message);
}

async function perform(job: Job): Promise<Answer> {
  if (job.kind === 'tidy') {
    return { kind: 'tidied', id: job.id, tidied: await stripMetadata(job.bytes) };
  }
  const end = performance.now() + job.softMs;
  const read = await look(job.bytes, job.claim, () => performance.now() > end);
  return { kind: 'read', id: job.id, read };
}

function failed(job: Job): Answer {
  return job.kind === 'tidy'
    ? { kind: 'tidied', id: job.id, tidied: { failed: true } }
    : { kind: 'read', id: job.id, read: { reading: { outcome: 'failed' } } };
}

process.on('message', (message) => {
  const job = JobSchema.parse(message);
  // A reader that trips over one picture costs that picture only.
  perform(job).then(answer, () => answer(failed(job)));
});
process.on('disconnect', () => process.exit(0));

answer({ kind: 'ready' });
