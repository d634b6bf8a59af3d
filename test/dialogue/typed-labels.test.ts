import { describe, expect, it } from 'vitest';
import en from '../../locales/en/bot.json' with { type: 'json' };
import vi from '../../locales/vi/bot.json' with { type: 'json' };
import { fold } from '../../src/dialogue/normalise.ts';
import { matchPattern } from '../../src/dialogue/patterns/index.ts';

const PARAMS: Record<string, string> = { number: 'UB-000012', serial: 'D12345678' };

const labels = [vi, en].flatMap((texts) =>
  [...Object.values(texts.choice), texts.greeting.choice.otherLanguage].map((label) =>
    label.replace(/\{\{(\w+)\}\}/g, (_, name: string) => PARAMS[name] ?? ''),
  ),
);

// On a platform without buttons this is the only way to press one that no number picks.
describe('a button that is not an answer to the question', () => {
  it.each(labels)('can be typed: %s', (label) => {
    expect(matchPattern(fold(label))).not.toBeNull();
    expect(matchPattern(fold(`“${label}”`))).not.toBeNull();
  });

  it.each([
    ['Sửa hồ sơ UB-000012', 'UB-000012'],
    ['go on with d12345678', 'D12345678'],
    ['làm tiếp hồ sơ dở', 'draft'],
    ['sửa ngay', '-'],
  ])('names the form to go on with: %s', (said, value) => {
    expect(matchPattern(fold(said))).toMatchObject({ pattern: { name: 'repair' }, value });
  });
});
