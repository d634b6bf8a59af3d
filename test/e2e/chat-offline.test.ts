import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sadpB } from '../conversations/strings.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';
import { largePhoto, SlowNetwork } from './slow-network.ts';

describe.skipIf(whyNoBrowser() !== null)('a network that is cut off', () => {
  let assistant: Assistant;
  beforeEach(async () => {
    assistant = await Assistant.begin();
  });
  afterEach(() => assistant.remove());

  it('in the middle of an upload loses nothing: photo, text and file arrive once, in order', async () => {
    await withBrowser(async (browser) => {
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
      const { page } = minh;
      const network = await SlowNetwork.of(page);
      await minh.presses('Mạng LAN (SADP)');
      await minh.hears('Anh/chị gửi em số seri');
      await network.limit(40_000);
      await minh.sendsPhoto(await largePhoto());
      await page.locator('progress:not([value="0"])').waitFor();
      await network.cut();
      await page.getByText('Không có mạng.').waitFor();
      await minh.writes('em gửi ảnh rồi nhé');
      await minh.sendsFile('export.xml', Buffer.from(sadpB()));
      await expect
        .poll(() => page.locator('.pending.waiting').count(), { timeout: 10_000 })
        .toBe(3);
      await network.limit(null);
      await minh.hears('Em đọc được trên ảnh số seri D12345678');
      await expect.poll(() => page.locator('.pending').count(), { timeout: 20_000 }).toBe(0);
      const mine = page.locator('.row.installer');
      await expect.poll(() => mine.count(), { timeout: 20_000 }).toBe(4);
      expect(await mine.nth(1).locator('img').count()).toBe(1);
      expect(await mine.nth(2).innerText()).toContain('em gửi ảnh rồi nhé');
      expect(await mine.nth(3).innerText()).toContain('export.xml');
    });
  }, 90_000);

  it('keeps what was written and photographed meanwhile when the page is closed', async () => {
    await withBrowser(async (browser) => {
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
      const context = minh.page.context();
      await minh.presses('Mạng LAN (SADP)');
      await minh.hears('Anh/chị gửi em số seri');
      await context.setOffline(true);
      await minh.writes('D12345678');
      await minh.sendsPhoto(await largePhoto());
      await expect
        .poll(() => minh.page.locator('.pending.waiting').count(), { timeout: 10_000 })
        .toBe(2);
      await minh.page.close();
      await context.setOffline(false);
      const again = await Installer.returns(context, assistant.url);
      await again.hears('D12345678, tốt rồi ạ');
      const mine = again.page.locator('.row.installer');
      await expect.poll(() => again.page.locator('.pending').count(), { timeout: 20_000 }).toBe(0);
      expect(await mine.count()).toBe(3);
      await again.page.reload();
      await again.hears('D12345678, tốt rồi ạ');
      expect(await mine.count()).toBe(3);
    });
  }, 90_000);

  it('because the assistant was killed during an upload: it arrives once when that is back', async () => {
    await withBrowser(async (browser) => {
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
      const { page } = minh;
      const network = await SlowNetwork.of(page);
      await minh.presses('Mạng LAN (SADP)');
      await minh.hears('Anh/chị gửi em số seri');
      await network.limit(40_000);
      await minh.sendsPhoto(await largePhoto());
      await page.locator('progress:not([value="0"])').waitFor();
      await assistant.kill();
      await page.locator('.pending.waiting').waitFor();
      await minh.writes('quay lai');
      await network.limit(null);
      await assistant.start();
      await minh.hears('Mình quay lại mục “Mạng” nhé');
      await expect.poll(() => page.locator('.pending').count(), { timeout: 20_000 }).toBe(0);
      expect(await page.locator('.row.installer').count()).toBe(3);
      expect(await page.locator('.row.installer img').count()).toBe(1);
    });
  }, 90_000);

  it('leaves what is being typed where it is, also over a reload', async () => {
    await withBrowser(async (browser) => {
      const { page } = await Installer.visit(browser, assistant.url, 'vi-VN');
      const field = page.locator('textarea');
      await field.fill('số seri là D123');
      await page.context().setOffline(true);
      await field.press('End');
      await field.pressSequentially('45678');
      await page.context().setOffline(false);
      await page.reload();
      await expect.poll(() => field.inputValue()).toBe('số seri là D12345678');
      await field.press('Enter');
      await page.reload();
      await expect.poll(() => page.locator('.row.installer').count()).toBe(1);
      expect(await field.inputValue()).toBe('');
    });
  }, 60_000);
});
