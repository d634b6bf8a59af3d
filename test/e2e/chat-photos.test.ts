import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelPicture } from '../pictures/index.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';
import { largePhoto, SlowNetwork } from './slow-network.ts';

const label = () =>
  labelPicture({ serial: 'D12345678', code: 'QWERTZ', model: 'DS-2CD2143G2-I', seed: 3 });

/** The noise of a sensor, without which a photo is smaller than one ever is. */
function grain(width: number, height: number): Buffer {
  const pixels = randomBytes(width * height * 4);
  for (let alpha = 3; alpha < pixels.length; alpha += 4) pixels[alpha] = 12;
  return pixels;
}

/** Bytes of the uploads that the page has sent. */
function uploads(page: Page): number[] {
  const sizes: number[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/api/chat/photos') || request.method() !== 'POST') return;
    sizes.push(
      Number(request.headers()['content-length'] ?? request.postDataBuffer()?.length ?? 0),
    );
  });
  return sizes;
}

/** Width and height of the newest photo, as the assistant has kept it. */
async function keptSize(page: Page): Promise<{ width?: number; height?: number }> {
  const photo = page.locator('.row.installer:not(.pending) .photos a').last();
  await photo.waitFor();
  const answer = await page.request.get(
    new URL((await photo.getAttribute('href')) ?? '', page.url()).href,
  );
  const { width, height } = await sharp(await answer.body()).metadata();
  return { width, height };
}

describe.skipIf(whyNoBrowser() !== null)('photos from a phone', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.begin();
  });
  afterAll(() => assistant.remove());

  async function visit(browser: Parameters<typeof Installer.visit>[0]): Promise<Installer> {
    const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
    await minh.presses('Mạng LAN (SADP)');
    await minh.hears('Anh/chị gửi em số seri');
    return minh;
  }

  it('are made smaller before they are sent, upright, and the label stays readable', async () => {
    await withBrowser(async (browser) => {
      const minh = await visit(browser);
      // As phones take it: the sensor's picture lies on its side, and EXIF says how to turn it.
      const upright = await sharp(await label())
        .resize(4032, 3024, { fit: 'cover' })
        .composite([{ input: grain(4032, 3024), raw: { width: 4032, height: 3024, channels: 4 } }])
        .png({ compressionLevel: 1 })
        .toBuffer();
      const photo = await sharp(upright)
        .rotate(270)
        .withMetadata({ orientation: 6 })
        .jpeg({ quality: 92 })
        .toBuffer();
      expect(photo.length).toBeGreaterThan(1024 * 1024);
      await minh.sendsPhoto(photo);
      await minh.hears('Em đọc được trên ảnh số seri D12345678');
      expect(await keptSize(minh.page)).toEqual({ width: 2560, height: 1920 });
    });
  }, 90_000);

  it('are sent as they are when they are small', async () => {
    await withBrowser(async (browser) => {
      const minh = await visit(browser);
      const photo = await sharp(await label())
        .resize(2800)
        .jpeg({ quality: 60 })
        .toBuffer();
      expect(photo.length).toBeLessThan(1024 * 1024);
      await minh.sendsPhoto(photo);
      await minh.hears('Em đọc được trên ảnh số seri D12345678');
      expect((await keptSize(minh.page)).width).toBe(2800);
    });
  }, 60_000);

  it('that the browser cannot decode are sent as they are: the assistant says what to do', async () => {
    await withBrowser(async (browser) => {
      const minh = await visit(browser);
      await minh.sendsPhoto(randomBytes(1_500_000));
      await minh.hears('File này không phải ảnh');
    });
  }, 60_000);

  it('show how far they are, and can be stopped', async () => {
    await withBrowser(async (browser) => {
      const minh = await visit(browser);
      const { page } = minh;
      const sent = uploads(page);
      const network = await SlowNetwork.of(page);
      await network.limit(30_000);
      await minh.sendsPhoto(await largePhoto());
      const progress = page.locator('progress');
      const percent = async () => Number(await progress.getAttribute('value'));
      await expect.poll(percent, { timeout: 20_000 }).toBeGreaterThan(10);
      const before = await percent();
      await expect.poll(percent, { timeout: 20_000 }).toBeGreaterThan(before);
      const stopped = page.waitForEvent('requestfailed');
      await page.getByRole('button', { name: 'Hủy gửi' }).click();
      await stopped;
      await expect.poll(() => page.locator('.pending').count()).toBe(0);
      await network.limit(null);
      await minh.writes('D87654321');
      await minh.hears('Em đã ghi số seri D87654321');
      await page.reload();
      await minh.hears('Em đã ghi số seri D87654321');
      expect(await page.locator('.row.installer .photos').count()).toBe(0);
      expect(sent).toHaveLength(1);
    });
  }, 90_000);

  it('can be pasted, looked at once more, and sent with words', async () => {
    await withBrowser(async (browser) => {
      const minh = await visit(browser);
      const { page } = minh;
      const picture = (
        await sharp(await label())
          .png()
          .toBuffer()
      ).toString('base64');
      await page.evaluate<void>(`(async () => {
        const bytes = Uint8Array.from(atob('${picture}'), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], 'screenshot.png', { type: 'image/png' }));
        const field = document.querySelector('textarea');
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      })()`);
      await page.locator('.staged img').waitFor();
      await minh.writes('tem ở mặt sau');
      await minh.hears('Em đọc được trên ảnh số seri D12345678');
      const mine = page.locator('.row.installer').last();
      expect(await mine.innerText()).toContain('tem ở mặt sau');
      expect(await mine.locator('img').count()).toBe(1);
    });
  }, 60_000);
});
