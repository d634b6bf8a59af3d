import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sadpA, sadpB } from '../conversations/strings.ts';
import { labelPicture } from '../pictures/index.ts';
import { Agent } from './agent.ts';
import { Assistant } from './assistant.ts';

import { withBrowser } from './browser.ts';
import { findingsInEachLook } from './chat-looks.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';
import { largePhoto, SlowNetwork } from './slow-network.ts';

const label = (serial: string) =>
  labelPicture({ serial, code: 'QWERTZ', model: 'DS-2CD2143G2-I', seed: 3 });

describe.skipIf(whyNoBrowser() !== null)('the chat page for everybody', () => {
  let assistant: Assistant;
  beforeEach(async () => {
    assistant = await Assistant.begin();
  });
  afterEach(() => assistant.remove());

  it('has nothing that axe finds, whatever stands in it, in light and dark, small and wide', async () => {
    await withBrowser(async (browser) => {
      const agent = await Agent.setUp(browser, assistant.setupLink ?? '');
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
      const { page } = minh;
      const network = await SlowNetwork.of(page);
      const clean = async (state: string) => {
        expect(await findingsInEachLook(page), state).toEqual([]);
      };
      await minh.hears('Anh/chị có đang cùng mạng LAN');
      await clean('greeting and a question with buttons');
      await minh.presses('Mạng LAN (SADP)');
      await minh.writes('D12345678');
      await minh.hears('Anh/chị gửi ảnh thấy rõ số seri D12345678');
      const blurred = await sharp(await label('D12345678'))
        .blur(14)
        .jpeg()
        .toBuffer();
      await minh.sendsPhoto(blurred);
      await minh.hears('nên em chưa đọc được số seri');
      await clean('a photo that could not be read, with an example');
      await network.limit(25_000);
      await minh.sendsPhoto(await largePhoto());
      await page.locator('progress:not([value="0"])').waitFor();
      await clean('a photo being uploaded');
      await network.limit(null);
      await minh.hears('Em cần thêm chuỗi SADP');
      await minh.writes(sadpA());
      await minh.presses('Đồng ý');
      await minh.hears('Anh/chị kiểm tra lại giúp em trước khi gửi:');
      await clean('the review');
      await minh.presses('Gửi hồ sơ');
      await page.locator('.case.submitted').waitFor();
      await clean('a case that was submitted');
      await agent.opens('D12345678');
      await agent.refuses('Chuỗi SADP không hợp lệ hoặc đã hết hạn');
      await page.locator('.case.rejected').waitFor();
      await clean('a refused case with its repair');
      await minh.presses('Sửa ngay');
      await minh.writes(sadpB());
      await minh.presses('Gửi hồ sơ');
      await page.locator('.case.submitted').waitFor();
      await agent.opens('D12345678');
      await agent.approves();
      await page.locator('.case.unbound').waitFor();
      await clean('an unbound device');
      await network.cut();
      await minh.writes('Em ơi '.repeat(120));
      await minh.sendsPhoto(blurred);
      await expect
        .poll(() => page.locator('.pending.waiting').count(), { timeout: 10_000 })
        .toBe(2);
      await clean('offline, with messages that wait');
      await network.limit(null);
      await expect.poll(() => page.locator('.pending').count(), { timeout: 20_000 }).toBe(0);
      await page.route('**/api/chat/events', (route) =>
        route.fulfill({ status: 400, json: { error: { code: 'x', message: 'Gửi lại giúp em.' } } }),
      );
      await minh.writes('không đi');
      await page.locator('.pending.failed').waitFor();
      await clean('a message that was refused');
    });
  }, 180_000);

  it('can be used with the keyboard alone, from the greeting to the promise', async () => {
    await withBrowser(async (browser) => {
      const context = await browser.newContext({ locale: 'en-GB' });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      await page.goto(assistant.url);
      const { keyboard } = page;
      const says = (text: string) =>
        page.locator('.row.bot').filter({ hasText: text }).last().waitFor();

      await says('Are you on the same LAN as the device?');
      await reach(page, 'LAN (SADP)');
      await keyboard.press('Enter');
      await says('Please send');
      await reach(page, 'Message');
      await keyboard.type('D12345678');
      await keyboard.press('Enter');
      await says('Please send a photo');
      const chooser = page.waitForEvent('filechooser');
      await reach(page, 'Send photos');
      await keyboard.press('Enter');
      const buffer = await label('D12345678');
      await (await chooser).setFiles({ name: 'IMG.jpg', mimeType: 'image/jpeg', buffer });
      await says('SADP string');
      await reach(page, 'Message');
      await keyboard.insertText(sadpA());
      await keyboard.press('Enter');
      for (const button of ['I agree', 'Send the case']) {
        await page.getByRole('button', { name: button, exact: true }).waitFor();
        await reach(page, button);
        await keyboard.press('Enter');
      }
      await page.getByRole('region', { name: 'Case UB-000001' }).waitFor();
      await reach(page, 'VI: Tiếng Việt');
      await keyboard.press('Space');
      await page.getByRole('heading', { name: 'Trợ lý gỡ liên kết' }).waitFor();
    });
  }, 90_000);

  it('tells a screen reader who speaks, what is new, and how far the form is', async () => {
    await withBrowser(async (browser) => {
      const { page } = await Installer.visit(browser, assistant.url, 'vi-VN');
      const log = page.getByRole('log', { name: 'Cuộc trò chuyện' });
      await log.getByRole('article').filter({ hasText: 'Anh/chị có đang cùng mạng LAN' }).waitFor();
      expect(await log.getByRole('article').last().ariaSnapshot()).toContain('Trợ lý');
      const progress = page.getByRole('progressbar', { name: 'Tiến độ' });
      expect(await progress.getAttribute('aria-valuetext')).toBe('Bước 1/6');
      await page.context().setOffline(true);
      await page.getByRole('status').filter({ hasText: 'Không có mạng.' }).waitFor();
    });
  }, 60_000);
});

/** Goes with Tab to the thing of this name, around the whole page if need be. */
async function reach(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate<{ name: string; off: boolean }>(`(() => {
      const one = document.activeElement;
      const name = one?.getAttribute('aria-label') ?? one?.textContent ?? '';
      return { name, off: one?.getAttribute('aria-disabled') === 'true' };
    })()`);
    if (here.name.trim() === name && !here.off) return;
  }
  throw new Error(`The keyboard does not reach “${name}”.`);
}
