import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { kindOf, type Sample } from './generate.ts';

/**
 * Draws the pictures of a set in another process: the decoder of photos forbids this one all formats but those of
 * photos, drawings included.
 */
export async function* pictures(
  seed: number,
  from: number,
  count: number,
  kind = '',
): AsyncGenerator<{ sample: Sample; index: number }> {
  const child = fork(fileURLToPath(new URL('./maker-child.ts', import.meta.url)), {
    serialization: 'advanced',
  });
  try {
    for (let index = from; index < from + count; index++) {
      if (!kindOf(seed, index).includes(kind)) continue;
      child.send({ seed, index });
      const [drawn]: Sample[] = await once(child, 'message');
      if (drawn) yield { sample: { ...drawn, bytes: Buffer.from(drawn.bytes) }, index };
    }
  } finally {
    child.disconnect();
  }
}
