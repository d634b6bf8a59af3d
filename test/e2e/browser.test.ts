import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';

describe.skipIf(whyNoBrowser() !== null)('the browser of the tests', () => {
  it('shows a page, runs its script and writes Vietnamese with a font that has the letters', async () => {
    const page = '<title>t</title><p id=a>Hủy liên kết</p><script>a.dataset.ran=1</script>';
    const seen = await withBrowser(async (browser) => {
      const tab = await browser.newPage();
      await tab.goto(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
      const width = (text: string) =>
        tab.evaluate<number>(
          `{ const pen = document.createElement('canvas').getContext('2d');
             pen.font = '40px sans-serif';
             pen.measureText(${JSON.stringify(text)}).width }`,
        );
      return {
        text: await tab.textContent('#a[data-ran]'),
        letters: [await width('u'), await width('ủ'), await width('\u{10FFFD}')],
      };
    });
    expect(seen.text).toBe('Hủy liên kết');
    const [plain, marked, missing] = seen.letters;
    expect(plain).toBeGreaterThan(0);
    expect(marked).toBe(plain);
    expect(marked).not.toBe(missing);
  });

  it('reaches a server on this machine and nothing beyond it', async () => {
    const server = createServer((_request, response) => response.end('<p>here</p>'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    try {
      await withBrowser(async (browser) => {
        const tab = await browser.newPage();
        await tab.goto(`http://127.0.0.1:${port}/`);
        expect(await tab.textContent('p')).toBe('here');
        await expect(tab.goto('http://example.com/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
      });
    } finally {
      server.close();
    }
  });
});
