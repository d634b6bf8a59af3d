import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const BUILT = resolve(import.meta.dirname, '../../../dist/web');
const MOST = 60 * 1024;

const gzipped = (file: string) => gzipSync(readFileSync(resolve(BUILT, file))).length;

describe('the first load of the chat page', () => {
  it('is at most 60 kB on the wire: the page and all its scripts and styles', () => {
    const page = readFileSync(resolve(BUILT, 'chat/index.html'), 'utf8');
    const loaded = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)];
    const files = loaded.map(([, file = '']) => file);
    expect(files.some((file) => file.endsWith('.js'))).toBe(true);
    expect(files.some((file) => file.endsWith('.css'))).toBe(true);
    const total = ['chat/index.html', ...files].reduce((sum, file) => sum + gzipped(file), 0);
    expect(total).toBeLessThanOrEqual(MOST);
  });

  it('has a worker that stands alone in one file', () => {
    const worker = readFileSync(resolve(BUILT, 'sw.js'), 'utf8');
    expect(worker).toContain('showNotification');
    expect(worker).not.toMatch(/\b(import|export|importScripts)\b/);
  });
});
