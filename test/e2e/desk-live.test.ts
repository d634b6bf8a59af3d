import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Agent } from './agent.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';
import { sendCase, stringOf } from './send-case.ts';
import { label, wordsOf } from './sentences.ts';

const HOA = {
  name: 'Hoa Nguyễn',
  login: 'hoa',
  password: 'con mèo trèo cây cau',
  role: 'Nhân viên',
};

describe.skipIf(whyNoBrowser() !== null)('agents at work', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.begin();
  });
  afterAll(async () => {
    await assistant.remove();
  });

  it('hear of new cases, look at secrets on record, and only one of two decides', async () => {
    await withBrowser(async (browser) => {
      const lan = await Agent.setUp(browser, assistant.setupLink ?? '');
      await lan.adds(HOA);
      const hoa = await Agent.comes(browser, assistant.url);
      await hoa.signsIn(HOA.login, HOA.password);
      await hoa.sees('Không có hồ sơ nào đang chờ.');

      // Whatever they look at, a new case is told.
      const serial = 'D12345678';
      const minh = await sendCase(browser, assistant.url, { serial, language: 'vi' });
      const announced = lan.page.getByRole('status').filter({ hasText: serial });
      await announced.waitFor({ state: 'attached' });
      expect(await announced.textContent()).toBe(`Hồ sơ mới UB-000001, số seri ${serial}.`);
      await expect.poll(() => lan.page.title()).toBe('(1) Nhân viên · Quầy hỗ trợ');

      // The string is not in the page before it is asked for, and asking is recorded.
      const secret = stringOf('vi', serial).slice(0, 60);
      await hoa.opens(serial);
      expect(await hoa.page.content()).not.toContain(secret);
      await hoa.presses('Hiện chuỗi');
      const shown = hoa.page.getByLabel('Nội dung chuỗi SADP');
      expect(await shown.inputValue()).toContain(secret);
      await hoa.presses('Ẩn chuỗi');
      expect(await hoa.page.content()).not.toContain(secret);
      await hoa.page.locator('.photos .thumb').click();
      await hoa.page.locator('.viewer img').waitFor();
      await hoa.presses('Mở ảnh gốc');
      await hoa.sees('Đây là ảnh gốc');
      await hoa.page.keyboard.press('Escape');
      await lan.page.getByRole('link', { name: 'Nhật ký' }).click();
      const line = (text: string) => lan.page.locator('table.audit tr').filter({ hasText: text });
      await line('Xem chuỗi SADP').waitFor();
      const revealed = await line('Xem chuỗi SADP').innerText();
      expect(revealed).toContain('Hoa Nguyễn');
      expect(revealed).toContain('UB-000001');
      expect(await line('Mở ảnh gốc').innerText()).toContain('Hoa Nguyễn');

      // Both decide at the same moment.
      await lan.opens(serial);
      for (const agent of [lan, hoa]) await agent.presses('Xác nhận đã gỡ liên kết');
      const confirm = (agent: Agent) =>
        agent.page.getByRole('dialog').getByRole('button', { name: 'Xác nhận đã gỡ liên kết' });
      await Promise.all([confirm(lan).click(), confirm(hoa).click()]);
      const outcome = (agent: Agent) =>
        Promise.race([
          agent.page
            .locator('p.done')
            .filter({ hasText: 'đã được hủy liên kết' })
            .waitFor()
            .then(() => 'decided'),
          agent.page
            .getByRole('dialog')
            .getByText('Một nhân viên khác vừa quyết định')
            .waitFor()
            .then(() => 'told'),
        ]);
      const outcomes = await Promise.all([outcome(lan), outcome(hoa)]);
      expect(outcomes.toSorted()).toEqual(['decided', 'told']);
      await minh.hears(wordsOf('vi', 'case.unbound'));
      const told = (await minh.transcript()).split(wordsOf('vi', 'case.unbound')).length - 1;
      expect(told).toBe(1);
    });
    expect(assistant.printed).not.toContain(HOA.password);
  }, 120_000);

  it('take a conversation, write and hand back, live on both pages', async () => {
    const other = await Assistant.begin();
    try {
      await withBrowser(async (browser) => {
        const lan = await Agent.setUp(browser, other.setupLink ?? '');
        const anna = await Installer.visit(browser, other.url, 'en-GB');
        await anna.presses(label('en', 'network.choice.other'));
        await anna.writes('AD1234567');
        await anna.hears(wordsOf('en', 'proof.ask'));
        await anna.writes('human');
        await anna.hears('agent');
        const announced = lan.page.getByRole('status').filter({ hasText: 'đang chờ nhân viên' });
        await announced.waitFor({ state: 'attached' });
        await lan.page.getByRole('link', { name: 'Trò chuyện' }).click();
        await lan.page.locator('a.conversation').filter({ hasText: 'Đang chờ nhân viên' }).click();

        await lan.presses('Tiếp nhận');
        await anna.hears('Lan Phạm');
        await lan.says('Hello Anna, please paste the string here.');
        await anna.hears('Hello Anna, please paste the string here.');
        await anna.writes('one moment');
        await lan.sees('one moment');
        await anna.writes(stringOf('en', 'anna'));
        await lan.sees('Chuỗi SADP đầy đủ, đã cất kín');
        expect(await lan.page.content()).not.toContain(stringOf('en', 'anna').slice(0, 40));

        await lan.presses('Trả lại cho trợ lý');
        await anna.hears(wordsOf('en', 'handoff.back'));
        await anna.hears(wordsOf('en', 'sadpString.taken'));
        await lan.sees('Trợ lý tự động');
        await lan.sees('Bấm “Tiếp nhận” để viết cho kỹ thuật viên.');
      });
    } finally {
      await other.remove();
    }
  }, 120_000);

  it('claim one conversation at once, fill in for the installer, and hand back', async () => {
    const other = await Assistant.begin();
    try {
      await withBrowser(async (browser) => {
        const lan = await Agent.setUp(browser, other.setupLink ?? '');
        const hoa = await Agent.joins(browser, await lan.invites('Nhân viên'), HOA);
        const minh = await Installer.visit(browser, other.url, 'vi-VN');
        await minh.writes('gặp nhân viên');
        await minh.hears('Trong lúc chờ');
        for (const agent of [lan, hoa]) await agent.opensWaiting('Muốn gặp nhân viên');

        // Both press at the same moment: one has it, the other is told who.
        const claim = (agent: Agent) =>
          agent.page.getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
        await Promise.all([claim(lan), claim(hoa)]);
        const outcome = (agent: Agent) =>
          Promise.race([
            agent.page
              .getByRole('button', { name: 'Trả lại cho trợ lý' })
              .waitFor()
              .then(() => true),
            agent.page
              .getByRole('alert')
              .filter({ hasText: 'đang trả lời cuộc trò chuyện này' })
              .waitFor()
              .then(() => false),
          ]);
        const outcomes = await Promise.all([outcome(lan), outcome(hoa)]);
        expect(outcomes.toSorted()).toEqual([false, true]);
        const [winner, loser] = outcomes[0] ? [lan, hoa] : [hoa, lan];
        const name = outcomes[0] ? 'Lan Phạm' : HOA.name;
        await minh.hears(`${name} đã vào hỗ trợ`);
        await loser.sees(`${name} đang trả lời`);

        // Buttons do not slip through, and colleagues see each other's hands.
        await minh.presses(label('vi', 'network.choice.lan'));
        await winner.page.getByLabel('Tin nhắn cho kỹ thuật viên').pressSequentially('Chào');
        await loser.sees(`${name} đang viết…`);
        await minh.page.locator('textarea').pressSequentially('em đang');
        for (const agent of [lan, hoa]) await agent.sees('Kỹ thuật viên đang gõ…');
        await minh.page.locator('textarea').fill('');

        // A file comes as it is, on either page.
        const guide = Buffer.from('%PDF-1.7 cách xem tem máy');
        await winner.page
          .locator('.composer input[type=file]')
          .last()
          .setInputFiles({ name: 'Xem tem.pdf', mimeType: 'application/pdf', buffer: guide });
        const link = 'Tải file Xem tem.pdf (1 KB)';
        const saved = minh.page.waitForEvent('download');
        await minh.page.getByRole('link', { name: link }).click();
        const download = await saved;
        expect(download.suggestedFilename()).toBe('Xem tem.pdf');
        expect(await readFile(await download.path())).toEqual(guide);
        await loser.page.getByRole('link', { name: 'Tải Xem tem.pdf (1 KB)' }).waitFor();

        await winner.page.getByRole('button', { name: 'Mạng khác', exact: true }).click();
        await winner.page.getByLabel('Sửa Số seri').fill('D12345678');
        await winner.presses('Lưu');
        await winner.presses('Khóa Số seri');
        await winner.sees('đã khóa');
        await winner.page.getByLabel('Ghi chú mới').fill('Đầu ghi ở kho, gọi lại sau 15:00');
        await winner.presses('Lưu ghi chú');
        await loser.sees('Đầu ghi ở kho, gọi lại sau 15:00');

        await winner.presses('Trả lại cho trợ lý');
        await minh.hears(wordsOf('vi', 'handoff.back'));
        await minh.hears('D12345678');
        await minh.hears(wordsOf('vi', 'proof.ask').split('{{')[0] ?? '');
        expect(await minh.transcript()).not.toContain('gọi lại sau 15:00');

        // Found by what was said, with and without diacritics.
        await loser.page.getByRole('link', { name: 'Trò chuyện' }).first().click();
        await loser.page.getByRole('searchbox').fill('gap nhan vien');
        await loser.presses('Tìm');
        await loser.sees('1 cuộc trò chuyện có “gap nhan vien”');
      });
    } finally {
      await other.remove();
    }
  }, 120_000);
});
