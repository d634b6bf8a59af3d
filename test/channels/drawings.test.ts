import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawingFile, drawingPath } from '../../src/channels/drawings.ts';
import { type Language, LanguageSchema } from '../../src/dialogue/event.ts';
import { PictureNameSchema } from '../../src/dialogue/reply.ts';

describe('the file of a drawing', () => {
  it('is there for each drawing in each language', () => {
    for (const name of PictureNameSchema.options) {
      for (const language of LanguageSchema.options) {
        const file = drawingFile(name, language);
        expect(existsSync(drawingPath(file)), file).toBe(true);
      }
      expect(drawingFile(name, 'vi')).toBe(`${name}.vi.png`);
    }
  });

  it('is the English one in a further language that has none, so that no reply waits for it', () => {
    expect(drawingFile('label-where', 'km' as Language)).toBe('label-where.en.png');
  });
});
