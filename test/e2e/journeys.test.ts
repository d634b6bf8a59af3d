import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportName, sadpA, sadpB } from '../conversations/strings.ts';
import { labelPicture, sadpQrPicture } from '../pictures/index.ts';
import { Agent } from './agent.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';
import { submitLabel } from './sentences.ts';

const CODE = 'QWERTZ';

/** A photo of a label that shows this serial. */
const label = (serial: string) =>
  labelPicture({ serial, code: CODE, model: 'DS-2CD2143G2-I', seed: 3 });

describe.skipIf(whyNoBrowser() !== null)('from greeting to "unbound" in a browser', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.begin();
  });
  afterAll(async () => {
    await assistant.remove();
  });

  it('takes all four journeys, lets one agent decide, and repairs a refused one', async () => {
    await withBrowser(async (browser) => {
      const agent = await Agent.setUp(browser, assistant.setupLink ?? '');

      // LAN, Vietnamese: serial and proof from one label photo, the string from a QR picture.
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
      await minh.hears('Xin chào anh/chị!');
      await minh.presses('Mạng LAN (SADP)');
      await minh.hears('Anh/chị gửi em số seri');
      await minh.sendsPhoto(await label('D12345678'));
      await minh.hears('Em đọc được trên ảnh số seri D12345678');
      await minh.presses('Đúng rồi');
      await minh.hears('Em cần thêm chuỗi SADP');
      await minh.sendsPhoto(await sadpQrPicture(sadpA()));
      await minh.hears('Em đã nhận đủ chuỗi SADP và cất kín.');
      await minh.presses('Đồng ý');
      await minh.hears('Anh/chị kiểm tra lại giúp em trước khi gửi:');
      await minh.presses(submitLabel('vi'));
      await minh.hears('Mã hồ sơ: UB-000001 (số seri D12345678).');
      await agent.opens('D12345678');
      await agent.approves();
      await minh.hears('Thiết bị đã được hủy liên kết.');
      await minh.writes('trang thai');
      await minh.hears('UB-000001 · D12345678');

      // Other network, English: everything typed or sent as a file; refused once, repaired.
      const anna = await Installer.visit(browser, assistant.url, 'en-GB');
      await anna.hears('Are you on the same LAN as the device?');
      await anna.writes('2');
      await anna.writes('ds-2cd2143g2-i 20210105aawr ad1234567');
      await anna.hears('Serial AD1234567 noted.');
      await anna.sendsPhoto(await label('AD1234567'));
      await anna.hears('The photo clearly shows serial AD1234567');
      await anna.sendsFile(exportName('AD1234567'), Buffer.from(sadpB()));
      await anna.presses('I agree');
      await anna.presses(submitLabel('en'));
      await anna.hears('Case number: UB-000002 (serial AD1234567).');
      await agent.opens('AD1234567');
      await agent.refuses('Chuỗi SADP không hợp lệ hoặc đã hết hạn');
      await anna.hears('was refused');
      await anna.presses('Fix now');
      await anna.writes(sadpB('afresh'));
      await anna.presses(submitLabel('en'));
      await anna.hears('Case number: UB-000003 (serial AD1234567).');
      await agent.opens('AD1234567');
      await agent.approves();
      await anna.hears('The device has been unbound.');

      // The other two, shorter.
      const hoa = await Installer.visit(browser, assistant.url, 'vi-VN');
      await hoa.writes('mang khac');
      await hoa.writes('123456789');
      await hoa.sendsPhoto(await label('123456789'));
      await hoa.hears('Ảnh thấy rõ số seri 123456789');
      await hoa.writes(sadpA('hoa'));
      await hoa.presses('Đồng ý');
      await hoa.presses(submitLabel('vi'));
      await hoa.hears('Mã hồ sơ: UB-000004');
      await agent.opens('123456789');
      await agent.approves();
      await hoa.hears('Thiết bị đã được hủy liên kết.');

      const bob = await Installer.visit(browser, assistant.url, 'en-GB');
      await bob.presses('LAN (SADP)');
      await bob.sendsPhoto(await label('Q87654321'));
      await bob.presses("Yes, that's it");
      await bob.sendsPhoto(await sadpQrPicture(sadpB('bob')));
      await bob.presses('I agree');
      await bob.presses(submitLabel('en'));
      await bob.hears('Case number: UB-000005');
      await agent.opens('Q87654321');
      await agent.approves();
      await bob.hears('The device has been unbound.');

      for (const person of [minh, anna, hoa, bob]) {
        await person.hasNeverSeen(CODE);
        await person.hasNeverSeen('AwAA');
        await person.hasNeverSeen('//8AAD');
      }
    });
    for (const secret of [CODE, sadpA(), sadpA('hoa'), sadpB(), sadpB('bob')]) {
      expect(assistant.printed).not.toContain(secret.slice(0, 40));
    }
  }, 180_000);
});

describe.skipIf(whyNoBrowser() !== null)('a conversation that is cut off', () => {
  it('goes on where it stood after kill -9 in the middle and a new visit', async () => {
    const assistant = await Assistant.begin();
    try {
      await withBrowser(async (browser) => {
        const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
        await minh.presses('Mạng khác');
        await minh.writes('D12345678');
        await minh.hears('Em đã ghi số seri D12345678.');
        await assistant.kill();
        await minh.writes('quay lai');
        await assistant.start();
        await minh.hears('Mình quay lại mục “Số seri” nhé');
        await minh.writes('D87654321');
        await minh.hears('Em đã ghi số seri D87654321.');
        await minh.page.reload();
        await minh.hears('Anh/chị gửi ảnh thấy rõ số seri D87654321');
        const text = await minh.transcript();
        expect(text.split('quay lai').length - 1).toBe(1);
      });
    } finally {
      await assistant.remove();
    }
  }, 120_000);
});
