import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskApp, deskApp } from '../desk/desk-app.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { fillDesk } from './desk-sample.ts';
import { signIn } from './desk-states.ts';

describe.skipIf(whyNoBrowser() !== null)('the keys of the desk', () => {
  let desk: DeskApp;
  beforeAll(async () => {
    desk = await deskApp();
    await fillDesk(desk);
    await desk.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => desk.app.close());

  it('lead through conversations, take, write, hand back, search and decide, and never from a field', async () => {
    await withBrowser(async (browser) => {
      const context = await browser.newContext({ locale: 'vi-VN' });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const { port } = desk.app.server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/desk#/conversations/all`);
      await signIn(page, 'lan');
      const { keyboard } = page;
      const rows = page.locator('a.conversation');
      await rows.first().waitFor();
      const count = await rows.count();
      const focusedRow = () =>
        rows.evaluateAll((all: (Element | null)[]) => all.indexOf(document.activeElement));
      const hash = () => page.evaluate<string>('location.hash');

      // Down the list, into a conversation, and on to its neighbours.
      await keyboard.press('j');
      await expect.poll(focusedRow).toBe(0);
      await keyboard.press('j');
      await expect.poll(focusedRow).toBe(1);
      await keyboard.press('k');
      await keyboard.press('Enter');
      await expect.poll(hash).toMatch(/^#\/conversation\//);
      const first = await hash();
      const heading = () => page.locator('.panel h1').textContent();
      await expect.poll(heading).toContain('Trò chuyện với');
      const name = await heading();
      await keyboard.press('j');
      await expect.poll(hash).not.toBe(first);
      await expect.poll(heading).not.toBe(name);
      await keyboard.press('k');
      await expect.poll(heading).toBe(name);
      expect(await hash()).toBe(first);
      for (let n = 0; n < count + 2; n++) await keyboard.press('k');
      expect(await hash()).toBe(first);

      // Take, write, leave the field, hand back.
      const go = (id: string) => page.evaluate(`location.hash = '#/conversation/${id}'`);
      await go('c2');
      await page.getByRole('button', { name: 'Tiếp nhận', exact: true }).waitFor();
      await keyboard.press('t');
      await page.getByRole('button', { name: 'Trả lại cho trợ lý' }).waitFor();
      await keyboard.press('r');
      const field = page.getByLabel('Tin nhắn cho kỹ thuật viên');
      await expect.poll(() => field.evaluate((area) => area === document.activeElement)).toBe(true);
      await keyboard.type('tbjkax?/');
      expect(await field.inputValue()).toBe('tbjkax?/');
      expect(await hash()).toBe('#/conversation/c2');
      expect(await page.getByRole('dialog').count()).toBe(0);
      await keyboard.press('Escape');
      await keyboard.press('m');
      const canned = () => page.evaluate<string>('document.activeElement.className');
      await expect.poll(canned).toContain('canned-choice');
      await keyboard.press('Escape');
      await page.locator('#main').focus();
      await keyboard.press('b');
      await page.getByText('Bấm “Tiếp nhận” để viết cho kỹ thuật viên.').waitFor();

      // From a case to the search.
      await page.evaluate(`location.hash = '#/case/case-D12345678'`);
      await page.locator('section.decide').waitFor();
      await keyboard.press('a');
      await page.getByRole('dialog').getByText('D12345678').waitFor();
      expect(desk.decisions).toEqual([]);
      await keyboard.press('x');
      expect(await page.getByRole('dialog').count()).toBe(1);
      await keyboard.press('Escape');
      await keyboard.press('x');
      await page.getByRole('dialog').getByText('Từ chối').first().waitFor();
      await keyboard.press('Escape');
      await keyboard.press('/');
      await expect.poll(() => page.evaluate<string>('document.activeElement.type')).toBe('search');
      await keyboard.type('anna');
      await keyboard.press('Enter');
      await page.getByText('1 cuộc trò chuyện có “anna”').waitFor();

      // The list of keys, and the switch that turns them off.
      await keyboard.press('Escape');
      await keyboard.press('?');
      await page.getByRole('dialog').getByText('Cuộc trò chuyện kế tiếp').waitFor();
      await page.getByLabel('Dùng phím tắt trên máy này').uncheck();
      await keyboard.press('Escape');
      await keyboard.press('?');
      expect(await page.getByRole('dialog').count()).toBe(0);
    });
  }, 60_000);

  it('verify a company where its conversation is looked at: by one press, or by a key and a yes', async () => {
    await withBrowser(async (browser) => {
      const context = await browser.newContext({ locale: 'vi-VN' });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const { port } = desk.app.server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/desk#/conversation/c5`);
      await signIn(page, 'lan');
      const button = page.getByRole('button', { name: 'Đánh dấu đã xác minh' });
      await button.waitFor();
      const waiting = () => desk.store.verifications.filter(({ status }) => status === 'waiting');
      const before = waiting().length;
      await page.keyboard.press('a');
      await page.getByRole('dialog').getByText('Đối chiếu tên').waitFor();
      expect(waiting()).toHaveLength(before);
      await page.keyboard.press('Escape');
      await button.click();
      await page.getByText('Kỹ thuật viên đã được báo.').waitFor();
      expect(waiting()).toHaveLength(before - 1);
      expect(await button.count()).toBe(0);
    });
  }, 60_000);
});
