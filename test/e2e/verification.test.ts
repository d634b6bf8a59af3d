import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sadpA } from '../conversations/strings.ts';
import { labelPicture, plainPicture } from '../pictures/index.ts';
import { Agent } from './agent.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';

const COMPANY = 'Công ty TNHH Camera An Bình';

/** An assistant whose office book asks for verified companies. */
async function beginStrict(): Promise<Assistant> {
  const assistant = await Assistant.begin();
  const file = join(assistant.storage, 'office.json');
  await assistant.stop();
  const book = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...book, requireVerification: true }, null, 2));
  await assistant.start();
  return assistant;
}

describe.skipIf(whyNoBrowser() !== null)('a company that is verified in a browser', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await beginStrict();
  });
  afterAll(async () => {
    await assistant.remove();
  });

  it('fills in everything, waits, mends what was refused, and its case leaves by itself', async () => {
    await withBrowser(async (browser) => {
      const agent = await Agent.setUp(browser, assistant.setupLink ?? '');
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');

      // The case first: nothing of it is kept back.
      await minh.presses('Mạng khác');
      await minh.writes('D12345678');
      await minh.sendsPhoto(
        await labelPicture({
          serial: 'D12345678',
          code: 'QWERTZ',
          model: 'DS-2CD2143G2-I',
          seed: 3,
        }),
      );
      await minh.hears('Ảnh thấy rõ số seri D12345678');
      await minh.writes(sadpA());
      await minh.presses('Đồng ý');
      await minh.hears('Chỉ công ty lắp đặt đã xác minh mới gửi được');
      await minh.presses('Tự gửi khi xác minh xong');
      await minh.hears('Hồ sơ sẽ tự gửi ngay khi công ty được xác minh.');

      await minh.presses('Xác minh công ty');
      await minh.hears('Tên công ty của anh/chị là gì ạ?');
      await minh.writes(COMPANY);
      await minh.writes('0100112438');
      await minh.hears('Mã 0100112438 có số bị nhầm');
      await minh.writes('0100112437');
      await minh.hears('Anh/chị gửi ảnh giấy phép kinh doanh');
      await minh.sendsPhoto(await plainPicture());
      await minh.hears('Em nhận 1 ảnh giấy phép.');
      await minh.writes('0912345678');
      await minh.hears('Anh/chị kiểm tra lại thông tin công ty giúp em:');
      await minh.presses('Gửi xác minh');
      await minh.hears('Em đã gửi thông tin công ty cho văn phòng.');

      const { page } = agent;
      const card = page.getByRole('article', { name: COMPANY });
      await page.getByRole('link', { name: /^Xác minh/ }).click();
      await card.getByText('0100112437').waitFor();
      await card.locator('.thumb img').waitFor();
      await card.getByRole('button', { name: 'Từ chối' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Lý do, kỹ thuật viên sẽ đọc').fill('Ảnh giấy phép bị mờ');
      await dialog.getByLabel('Giấy phép kinh doanh').check();
      await dialog.getByRole('button', { name: 'Từ chối' }).click();
      await agent.sees(`Đã từ chối ${COMPANY}.`);

      await minh.hears('Ảnh giấy phép bị mờ');
      await minh.presses('Sửa ngay');
      await minh.hears('Anh/chị gửi ảnh giấy phép kinh doanh');
      await minh.sendsPhoto(await plainPicture());
      await minh.presses('Gửi xác minh');

      await card.getByRole('button', { name: 'Đánh dấu đã xác minh' }).click();
      await agent.sees(`Đã xác minh ${COMPANY}.`);

      // Without a word or a tap of theirs.
      await minh.hears('Công ty của anh/chị đã được xác minh.');
      await minh.hears('Mã hồ sơ: UB-000001 (số seri D12345678).');
      await agent.opens('D12345678');
      await agent.approves();
      await minh.hears('Thiết bị đã được hủy liên kết.');
    });
    for (const secret of [sadpA(), COMPANY, '0100112437', '912345678']) {
      expect(assistant.printed).not.toContain(secret.slice(0, 40));
    }
  }, 180_000);
});
