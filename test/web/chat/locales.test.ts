import { describe, expect, it } from 'vitest';
import en from '../../../locales/en/chat.json' with { type: 'json' };
import vi from '../../../locales/vi/chat.json' with { type: 'json' };

/** Every text by its key. */
function textsOf(tree: object, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : textsOf(value, `${path}${key}.`),
  );
}
const placeholders = (text: string) =>
  [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name).sort();

describe('the texts of the chat page', () => {
  it('are the same in both languages, with the same placeholders', () => {
    const shape = (tree: object) => textsOf(tree).map(([key, text]) => [key, placeholders(text)]);
    expect(shape(en)).toEqual(shape(vi));
  });

  it('are written in composed letters', () => {
    for (const [, text] of [...textsOf(vi), ...textsOf(en)])
      expect(text).toBe(text.normalize('NFC'));
  });
});
