import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BotServer } from '../channels/telegram/bot-api/bot-server.ts';
import { Person } from '../channels/telegram/person.ts';
import { sadpA } from '../conversations/strings.ts';
import { labelPicture } from '../pictures/index.ts';
import { Agent } from './agent.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { findingsInEachLook } from './chat-looks.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';

const ASK = 'Báo cho tôi qua Telegram';
const QUESTION = 'Thiết bị đang bật không?';
const UNBOUND = 'Thiết bị đã được hủy liên kết';

describe.skipIf(whyNoBrowser() !== null)('a page and Telegram that are linked', () => {
  let server: BotServer;
  let assistant: Assistant;
  beforeAll(async () => {
    server = await BotServer.start();
    assistant = await Assistant.begin({
      TELEGRAM_BOT_TOKEN: server.token,
      TELEGRAM_API_ROOT: server.root,
    });
  });
  afterAll(async () => {
    await assistant.remove();
    await server.stop();
  });

  async function sends(browser: Browser, serial: string): Promise<Installer> {
    const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
    await minh.hears('Anh/chị có đang cùng mạng LAN');
    const model = 'DS-2CD2143G2-I';
    const label = await labelPicture({ serial, code: 'QWERTZ', model, seed: 1 });
    await minh.submits(serial, label, sadpA());
    return minh;
  }

  it('tell a person once: the page while it is open, Telegram when it is closed', async () => {
    await withBrowser(async (browser) => {
      const agent = await Agent.setUp(browser, assistant.setupLink ?? '');
      const minh = await sends(browser, 'D12345678');
      const { page } = minh;
      const phone = new Person(server);
      phone.patience = 20_000;

      await page.locator('.case').getByRole('button', { name: ASK }).click();
      const open = page.getByRole('link', { name: 'Mở Telegram' });
      await open.waitFor();
      expect(await findingsInEachLook(page)).toEqual([]);
      const link = new URL((await open.getAttribute('href')) ?? '');
      expect(link.origin + link.pathname).toBe('https://t.me/go_lien_ket_bot');
      phone.starts(link.searchParams.get('start') ?? '');
      await phone.hears('Đã liên kết');
      await page.getByRole('dialog').getByText('Đã liên kết.').waitFor();
      await page.getByRole('button', { name: 'Đóng' }).click();
      await page.getByText('Đóng trang này vẫn nhận kết quả qua Telegram.').waitFor();
      expect(await findingsInEachLook(page)).toEqual([]);
      phone.writes('hồ sơ');
      await phone.hears('UB-000001 · D12345678');

      await agent.opens('D12345678');
      await agent.asks(QUESTION);
      await minh.hears(QUESTION);

      await page.context().close();
      await agent.approves();
      const told = await phone.hears(UNBOUND);
      expect(told.text).toContain('D12345678');
      expect(phone.heard.some(({ text }) => text.includes(QUESTION))).toBe(false);
      expect(told.text).toContain('Hồ sơ gửi từ: Trang web');
      await agent.sees('đã báo qua Telegram');
      expect(phone.heard.filter(({ text }) => text.includes(UNBOUND))).toHaveLength(1);
      expect(server.calls.filter(({ answered }) => answered >= 400)).toEqual([]);
    });
  }, 180_000);

  it('are linked by a typed code, which no log, page or transcript keeps', async () => {
    await withBrowser(async (browser) => {
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
      const { page } = minh;
      await minh.hears('Anh/chị có đang cùng mạng LAN');
      await minh.writes('/lienket');
      await minh.hears('•••-•••-•••');
      await page.getByRole('button', { name: 'Hiện mã' }).click();
      const code = await page.locator('.link-code output').innerText();
      expect(code).toMatch(/^([BCFGHJKLMNPQRSTVXZ]{3}-?){3}$/);
      await page.keyboard.press('Escape');
      const phone = new Person(server);
      phone.patience = 20_000;
      // On a phone the page is behind the messenger by then: it must not count as somebody who looks.
      await look(page, 'hidden');
      const closed = page.waitForEvent('requestfailed', (request) =>
        request.url().includes('/api/chat/stream'),
      );
      phone.writes(code.toLowerCase());
      await phone.hears('Đã liên kết');
      await closed;
      await look(page, 'visible');
      await minh.hears('Một kênh khác vừa liên kết');
      await minh.presses('Bỏ liên kết kênh này');
      await minh.presses('Bỏ liên kết kênh');
      await minh.hears('Đã bỏ liên kết.');
      await phone.hears('Một kênh đã bỏ liên kết');
      for (const text of [await minh.transcript(), assistant.printed]) {
        expect(text).not.toContain(code);
        expect(text).not.toContain(code.replaceAll('-', ''));
      }
    });
  }, 90_000);
});

async function look(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate<void>(`
    Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
    void document.dispatchEvent(new Event('visibilitychange'));`);
}
