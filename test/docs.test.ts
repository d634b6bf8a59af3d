import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
  'storage/README.md',
  'storage/README.vi.md',
];

const read = (page: string) => readFileSync(join(root, page), 'utf8');
const withoutCode = (text: string) => text.replace(/```[\s\S]*?```/g, '');

/** As GitHub makes anchors of headings. */
function anchors(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(pages)('%s', (page) => {
  it('links to files and headings that are there', () => {
    for (const [, target = ''] of withoutCode(read(page)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? join(root, page) : join(dirname(join(root, page)), path);
      expect(existsSync(file), `${page} links to ${target}`).toBe(true);
      if (anchor !== undefined) expect(anchors(readFileSync(file, 'utf8'))).toContain(anchor);
    }
  });

  it('names code that is there', () => {
    const named = read(page).matchAll(
      /`((?:src|test|flows|locales|scripts|deploy|assets)\/[\w./-]+)`/g,
    );
    for (const [, path = ''] of named) {
      expect(existsSync(join(root, path)), `${page} names ${path}`).toBe(true);
    }
  });
});

describe('a page in two languages', () => {
  const rows = (page: string) => read(page).match(/^\|/gm)?.length ?? 0;

  it.each(['operations', 'security', 'bad-inputs'])('%s has the same rows in both', (name) => {
    expect(rows(`docs/${name}.vi.md`)).toBe(rows(`docs/${name}.md`));
  });
});
