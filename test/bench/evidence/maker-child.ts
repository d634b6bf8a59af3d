import { generate } from './generate.ts';

/** Draws pictures on request: see maker.ts. */
process.on('message', ({ seed, index }: { seed: number; index: number }) => {
  void generate(seed, index).then((sample) => process.send?.(sample));
});
process.on('disconnect', () => process.exit(0));
