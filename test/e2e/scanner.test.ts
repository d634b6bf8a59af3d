import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BesideDevices, codeIn } from '../lan/beside-devices.ts';
import { labelPicture } from '../pictures/index.ts';
import { Agent } from './agent.ts';
import { Assistant } from './assistant.ts';
import { axeFindings } from './axe.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';

describe.skipIf(whyNoBrowser() !== null)('the LAN path with the scanner, in a browser', () => {
  let assistant: Assistant;
  let network: BesideDevices;
  beforeAll(async () => {
    assistant = await Assistant.begin();
    network = await BesideDevices.stand(38_700, { D12345678: 'true', D20000009: 'flase' });
  });
  afterAll(async () => {
    await network.leave();
    await assistant.remove();
  });

  it('pairs, offers the devices, and needs no SADP string for the one picked', async () => {
    await withBrowser(async (browser) => {
      const agent = await Agent.setUp(browser, assistant.setupLink ?? '');
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
      await minh.presses('Mạng LAN (SADP)');
      await minh.presses('Quét thiết bị trong mạng');
      const told = await minh.hears('Mã ghép:');

      const [page] = await Promise.all([
        minh.page.context().waitForEvent('page'),
        told.locator('a').click(),
      ]);
      expect(page.url()).toBe(`${assistant.url}/lan`);
      expect(await axeFindings(page)).toEqual([]);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Tải unbind-lan.mjs' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('unbind-lan.mjs');
      await page.getByRole('link', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Scan the devices on your network' }).waitFor();
      await page.close();

      const ran = await network.scans(assistant.url, codeIn(await told.innerText()));
      expect(ran).toMatchObject({ code: 0, errors: '' });
      expect(ran.output).toContain('Đã gửi 2 thiết bị.');
      await minh.hears('2. D20000009: DS-2CD2143G2-I, 192.168.1.65, Hik-Connect đang tắt');
      await minh.presses('D20000009');
      await minh.hears('Thiết bị D20000009 báo đang tắt dịch vụ Hik-Connect');
      await minh.presses('Chọn thiết bị khác');
      await minh.presses('D12345678');
      await minh.sendsPhoto(
        await labelPicture({
          serial: 'D12345678',
          code: 'QWERTZ',
          model: 'DS-2CD2143G2-I',
          seed: 3,
        }),
      );
      await minh.presses('Đồng ý');
      await minh.presses('Gửi hồ sơ');
      await minh.hears('Mã hồ sơ: UB-000001 (số seri D12345678).');
      await minh.hasNeverSeen('Em cần thêm chuỗi SADP');

      await agent.opens('D12345678');
      const reported = agent.page.getByRole('region', { name: 'Chương trình quét LAN báo về' });
      await reported.waitFor();
      const words = await reported.innerText();
      for (const word of ['không phải bằng chứng', '192.168.1.64', 'mã ghép', '1.0.0']) {
        expect(words).toContain(word);
      }
      await agent.approves();
      await minh.hears('Thiết bị đã được hủy liên kết.');
    });
  }, 120_000);
});
