import { describe, expect, it } from 'vitest';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';

describe.skipIf(whyNoBrowser() !== null)('the chat page on a home screen', () => {
  it('can be put there: the browser finds its manifest without a fault, and its icons', async () => {
    const assistant = await Assistant.begin();
    try {
      await withBrowser(async (browser) => {
        const page = await browser.newPage();
        await page.goto(assistant.url);
        const devtools = await page.context().newCDPSession(page);
        const { errors, data } = await devtools.send('Page.getAppManifest');
        expect(errors).toEqual([]);
        const manifest = JSON.parse(data ?? '');
        expect(manifest).toMatchObject({ display: 'standalone', start_url: '/', lang: 'vi' });
        const sizes = await page.evaluate<string[]>(`Promise.all(
          [document.querySelector('link[rel=apple-touch-icon]').href,
            ...${JSON.stringify(manifest.icons.map(({ src }: { src: string }) => src))}].map(async (src) => {
            const icon = new Image();
            icon.src = src;
            await icon.decode();
            return icon.naturalWidth + 'x' + icon.naturalHeight;
          }))`);
        expect(sizes).toEqual(['180x180', '192x192', '512x512']);
      });
    } finally {
      await assistant.remove();
    }
  }, 60_000);
});
