import { describe, expect, it } from 'vitest';
import { play, scripts } from './script.ts';
import { sadpA, sadpB } from './strings.ts';

describe('conversations', () => {
  for (const { path, script } of scripts()) {
    it(`${path}: ${script.name}`, () => {
      const world = play(script);
      const state = JSON.stringify(world.conversation) + world.transcript.join('\n');
      for (const secret of [sadpA(), sadpB(), 'ABCDEF']) {
        expect(state).not.toContain(secret.slice(0, 40));
      }
    });
  }
});
