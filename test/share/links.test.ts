import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ShareLinks } from '../../src/share/links.ts';

const NOW = Date.UTC(2026, 10, 24, 3, 0);
const WEEK = 7 * 24 * 3_600_000;
const key = randomBytes(32);

describe('a link to a case', () => {
  it('leads to its case for a week, after a restart too', () => {
    const { token, expiresAt } = new ShareLinks(key).make('c1-f1', NOW);
    expect(expiresAt).toBe(NOW + WEEK);
    const links = new ShareLinks(key);
    expect(links.read(token, NOW + WEEK - 1)).toEqual({ caseId: 'c1-f1', expiresAt });
    expect(links.read(token, NOW + WEEK)).toBeNull();
  });

  it('does not tell which case it is about', () => {
    const { token } = new ShareLinks(key).make('c1-f1', NOW);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('c1-f1');
  });

  it('is of no use once a single character is changed, or with another key', () => {
    const links = new ShareLinks(key);
    const { token } = links.make('c1-f1', NOW);
    // The last character holds bits that stand for nothing.
    for (let place = 0; place < token.length - 1; place += 1) {
      const wrong = token[place] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, place) + wrong + token.slice(place + 1);
      expect(links.read(changed, NOW)).toBeNull();
    }
    expect(new ShareLinks(randomBytes(32)).read(token, NOW)).toBeNull();
    expect(links.read('', NOW)).toBeNull();
    expect(links.read('A'.repeat(120), NOW)).toBeNull();
  });
});
