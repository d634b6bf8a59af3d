import { expect, it } from 'vitest';
import en from '../../../locales/en/zalo.json' with { type: 'json' };
import vi from '../../../locales/vi/zalo.json' with { type: 'json' };

function shapeOf(node: unknown): unknown {
  if (typeof node !== 'string') {
    return Object.fromEntries(
      Object.entries(node as object).map(([key, value]) => [key, shapeOf(value)]),
    );
  }
  return [...node.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort();
}

it('zalo has the same keys and placeholders in both languages, composed', () => {
  expect(shapeOf(en)).toEqual(shapeOf(vi));
  expect(JSON.stringify(vi)).toBe(JSON.stringify(vi).normalize('NFC'));
});

it("fits the limits of Zalo's form: 100 characters of title, 500 of subtitle", () => {
  for (const { phone } of [vi, en]) {
    expect(phone.title.length).toBeLessThanOrEqual(100);
    expect(phone.subtitle.length).toBeLessThanOrEqual(500);
  }
});
