import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileOf, type Tried, tryAll, writeDocument } from './document.ts';

describe('every bad input that docs/ lists', () => {
  let tried: Tried[];

  beforeAll(async () => {
    tried = await tryAll();
  }, 600_000);

  it.each(['vi', 'en'] as const)('gets the answer that is written there (%s)', async (language) => {
    const written = await readFile(fileOf(language), 'utf8');
    expect(written, 'write it again with `npm run bad-inputs`').toBe(
      writeDocument(tried, language),
    );
  });

  it('is answered in words of the language, with nothing left unfilled', () => {
    const texts = tried.flatMap(({ said }) => [...said.vi, ...said.en]).map(({ text }) => text);
    for (const text of texts) {
      expect(text).toMatch(/\p{L}{2}/u);
      expect(text).not.toMatch(/\{\{|\$t\(|^[a-z]+(?:\.\w+)+$/);
    }
  });

  it('is met with silence only where the person did nothing new', () => {
    const silent = tried.filter(({ said }) => said.vi.length === 0 || said.en.length === 0);
    expect(silent.map(({ what }) => what.en)).toEqual([
      'the same message delivered twice by the platform',
      'a message deleted in the chat (platforms do not tell bots)',
    ]);
  });

  it('never brings a secret back', () => {
    const shown = JSON.stringify(tried);
    for (const secret of ['QRC03010003', 'QWERTY', 'AwAAA', '//8AAD'.padEnd(30, 'x')]) {
      expect(shown.replaceAll('AwAAA hoặc', '').replaceAll('AwAAA or', '')).not.toContain(secret);
    }
  });
});
