import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Book } from '../../src/office/book.ts';
import { type DeskApp, deskApp, PASSWORD } from '../desk/desk-app.ts';
import { caseRow, NOW } from '../desk/rows.ts';
import { Agent } from './agent.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { fillDesk } from './desk-sample.ts';

describe.skipIf(whyNoBrowser() !== null)('the office at the desk', () => {
  let assistant: Assistant;
  let desk: DeskApp;
  beforeAll(async () => {
    assistant = await Assistant.begin();
    desk = await deskApp();
    await fillDesk(desk);
    await desk.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await assistant.remove();
    await desk.app.close();
  });

  const file = () => join(assistant.storage, 'office.json');
  const book = async () => JSON.parse(await readFile(file(), 'utf8')) as Book;

  it('edits the book that lies in the storage folder, and shows what is wrong with it there', async () => {
    await withBrowser(async (browser) => {
      const lan = await Agent.setUp(browser, assistant.setupLink ?? '');
      const { page } = lan;
      await page.getByRole('link', { name: 'Văn phòng' }).click();
      const wednesday = page.getByLabel('Thứ Tư', { exact: true });
      await wednesday.fill('8h30');
      await lan.presses('Xem trước khi lưu');
      await lan.sees('Anh/chị ghi giờ theo mẫu 08:30-17:30');
      await wednesday.fill('8:30-12:00, 13:00-17:30');
      await lan.presses('Thêm ngày làm bù');
      await page.getByLabel('Ngày', { exact: true }).last().fill('2027-02-13');
      await page.getByLabel('Tên', { exact: true }).last().fill('Làm bù Tết');
      await lan.presses('Xem trước khi lưu');
      await lan.sees('Không có lời hẹn nào thay đổi (0 hồ sơ đang chờ).');
      await lan.presses('Lưu');
      await lan.sees('Đã lưu, có hiệu lực ngay.');
      const saved = await book();
      expect(saved.hours.wednesday).toEqual([
        { from: '08:30', to: '12:00' },
        { from: '13:00', to: '17:30' },
      ]);
      expect(saved.swaps).toEqual([
        { date: '2027-02-13', name: 'Làm bù Tết', hours: [{ from: '08:30', to: '17:30' }] },
      ]);

      // What another hand does to the file meanwhile is neither lost nor silently replaced.
      await page.getByLabel('Trả lời trong (phút)').fill('20');
      await writeFile(file(), JSON.stringify({ ...saved, slaMinutes: 15 }, null, 2));
      await lan.presses('Xem trước khi lưu');
      await lan.presses('Lưu');
      await lan.sees('Sổ văn phòng vừa được người khác sửa.');
      expect((await book()).slaMinutes).toBe(15);

      const text = JSON.stringify({ ...saved, slaMinutes: 15 }, null, 2);
      await writeFile(file(), text.replace('"slaMinutes": 15', '"slaMinutes": "15 minutes"'));
      const line = text.split('\n').findIndex((one) => one.includes('"slaMinutes"')) + 1;
      await expect
        .poll(() => assistant.printed, { timeout: 20_000 })
        .toContain(`line ${line}, slaMinutes: `);
      await page.reload();
      await lan.sees('bản trước đó vẫn có hiệu lực');
      expect(await page.getByLabel('Trả lời trong (phút)').inputValue()).toBe('15');
    });
  }, 120_000);

  it('shows a missed target to everybody at once, and takes it away when the case is decided', async () => {
    await withBrowser(async (browser) => {
      const { port } = desk.app.server.address() as AddressInfo;
      const hoa = await Agent.comes(browser, `http://127.0.0.1:${port}`);
      await hoa.signsIn('hoa', PASSWORD);
      await hoa.page.locator('table.cases').waitFor();
      const notices = hoa.page.getByLabel('Cần chú ý');
      await expect.poll(() => notices.locator('li').count()).toBe(3);
      const row = caseRow({ caseId: 'late', number: 'UB-000099', serial: 'D20000099' });
      desk.store.cases.push(row);
      const target = row.draft.promise.internalTarget;
      desk.store.noted.unshift({
        key: 'escalation:late',
        kind: 'escalation',
        at: NOW,
        caseId: 'late',
        data: { target },
      });
      for (const tell of desk.listeners) tell('c1');
      await notices.getByRole('link', { name: 'UB-000099 · D20000099' }).waitFor();
      await hoa.page.reload();
      await notices.getByRole('link', { name: 'UB-000099 · D20000099' }).waitFor();
      desk.store.cases[desk.store.cases.indexOf(row)] = { ...row, status: 'unbound' };
      for (const tell of desk.listeners) tell('c1');
      await expect.poll(() => notices.locator('li').count()).toBe(3);
    });
  }, 60_000);
});
