import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelPicture } from '../pictures/index.ts';
import { Agent } from './agent.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';
import { labelOf, sendAgain, sendCase, stringOf } from './send-case.ts';
import { label, wordsOf } from './sentences.ts';

const SERIAL = 'D12345678';

/** The middle of the QR code of `labelOf`, as shares of the picture; the code carries the verification code. */
const QR = { left: 0.65, top: 0.33, width: 0.08, height: 0.1 };

/** How much the grey levels within the QR code vary: a code is black and white, a cover is one colour. */
async function contrastAtQr(bytes: Buffer): Promise<number> {
  const { width, height } = await sharp(bytes).metadata();
  const part = sharp(bytes).extract({
    left: Math.round(QR.left * width),
    top: Math.round(QR.top * height),
    width: Math.round(QR.width * width),
    height: Math.round(QR.height * height),
  });
  const [grey] = (await sharp(await part.greyscale().png().toBuffer()).stats()).channels;
  return grey?.stdev ?? -1;
}

/** The picture that an <img> shows, as PNG. */
async function shownBy(page: Page, selector: string): Promise<Buffer> {
  await page.waitForFunction(
    (wanted) => (document.querySelector<HTMLImageElement>(wanted)?.naturalWidth ?? 0) > 0,
    selector,
  );
  const encoded = await page.evaluate<string>(`(() => {
    const image = document.querySelector('${selector}');
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/png');
  })()`);
  return Buffer.from(encoded.split(',')[1] ?? '', 'base64');
}

describe.skipIf(whyNoBrowser() !== null)('photos as evidence', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.begin();
  });
  afterAll(() => assistant.remove());

  it('a blurred one is asked for again, a wrong one is told, a good one goes to the desk masked', async () => {
    await withBrowser(async (browser) => {
      const lan = await Agent.setUp(browser, assistant.setupLink ?? '');
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
      await minh.presses(label('vi', 'network.choice.other'));
      await minh.hears(wordsOf('vi', 'serial.ask'));
      await minh.writes(SERIAL);
      await minh.hears(wordsOf('vi', 'proof.ask'));

      const labelled = { serial: SERIAL, code: 'QWERTZ', model: 'DS-2CD2143G2-I', seed: 5 };
      await minh.sendsPhoto(await labelPicture(labelled, { blur: 14, jpeg: 80 }));
      await minh.hears('Em đang xem 1 ảnh…');
      await minh.hears(wordsOf('vi', 'proof.unreadable.blurred'));
      await minh.page.locator('img[src*="photo-better"]').waitFor();

      await minh.sendsPhoto(await labelOf('E87654321'));
      await minh.hears('Ảnh cho thấy số seri E87654321, còn hồ sơ ghi D12345678');
      await minh.presses('Gửi ảnh khác');
      await minh.sendsPhoto(await labelOf(SERIAL));
      await minh.hears(`Ảnh thấy rõ số seri ${SERIAL}`);
      await minh.writes(stringOf('vi', SERIAL));
      await minh.presses(label('vi', 'consent.choice.yes'));
      await sendAgain(minh, 'vi');
      await minh.hears('UB-000001');

      const { page } = lan;
      await lan.opens(SERIAL);
      const photos = page.locator('.photo');
      expect(await photos.count()).toBe(3);
      const good = photos.nth(2);
      await good.locator('.frames .frame-same').first().waitFor();
      await lan.sees('Ảnh cho thấy đúng số seri này');
      await photos.nth(1).locator('.frames .frame-other').first().waitFor();
      expect(await photos.nth(1).locator('mark').count()).toBeGreaterThan(0);
      expect(await photos.nth(0).innerText()).toMatch(/Độ nét\s+mờ/);
      await lan.sees('Không có hồ sơ nào khác cùng số seri hay cùng ảnh.');

      const small = await shownBy(page, '.photo:nth-child(3) img');
      expect(await contrastAtQr(small)).toBeLessThan(12);
      await good.locator('.thumb').click();
      const whole = await shownBy(page, '.viewer img');
      expect((await sharp(whole).metadata()).width).toBe(1600);
      expect(await contrastAtQr(whole)).toBeLessThan(12);
      await page.locator('.viewer .frames .frame-same').first().waitFor();
      await lan.presses('Mở ảnh gốc');
      await lan.sees('Đây là ảnh gốc');
      await expect
        .poll(async () => contrastAtQr(await shownBy(page, '.viewer img')))
        .toBeGreaterThan(60);
      await page.keyboard.press('Escape');
      await lan.approves();
      await minh.hears(wordsOf('vi', 'case.unbound'));

      // Somebody else comes with the same device and the same photo, smaller and pressed again.
      const anna = await sendCase(browser, assistant.url, { serial: SERIAL, language: 'en' });
      await anna.hears('UB-000002');
      await lan.opens(SERIAL);
      const related = page.locator('.similar li');
      await related.first().waitFor();
      const text = await related.innerText();
      for (const piece of ['UB-000001', 'Đã gỡ liên kết', 'Cùng số seri', 'Cùng ảnh 1']) {
        expect(text).toContain(piece);
      }
      expect(text).toContain('tài khoản khác');
      await related.getByRole('link').click();
      await page.getByRole('heading', { name: 'Hồ sơ UB-000001' }).waitFor();

      await page.getByRole('link', { name: 'Nhật ký' }).click();
      const opened = page.locator('table.audit tr').filter({ hasText: 'Mở ảnh gốc' });
      await opened.first().waitFor();
      expect(assistant.printed).not.toContain('QWERTZ');
    });
  }, 180_000);
});
