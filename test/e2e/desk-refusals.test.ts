import { afterAll, beforeAll, describe, it } from 'vitest';
import { Agent } from './agent.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { labelOf, sendAgain, sendCase, stringOf } from './send-case.ts';
import { label, wordsOf } from './sentences.ts';

describe.skipIf(whyNoBrowser() !== null)('a refusal at the desk', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.begin();
  });
  afterAll(async () => {
    await assistant.remove();
  });

  it('reopens exactly what it is about in the installer’s chat, in Vietnamese', async () => {
    await withBrowser(async (browser) => {
      const agent = await Agent.setUp(browser, assistant.setupLink ?? '');
      const serial = 'D12345678';
      const hoa = await sendCase(browser, assistant.url, { serial, language: 'vi' });
      const fix = async () => {
        await hoa.hears(wordsOf('vi', 'case.rejected'));
        await hoa.presses(label('vi', 'choice.fixNow'));
      };
      const again = async () => {
        await sendAgain(hoa, 'vi');
        await agent.opens(serial);
      };

      await agent.opens(serial);
      await agent.refuses('Ảnh không đọc được', { note: 'Ảnh bị lóa đèn.' });
      await hoa.hears('Ảnh bị lóa đèn.');
      await fix();
      await hoa.hears(wordsOf('vi', 'proof.ask'));
      await hoa.sendsPhoto(await labelOf(serial));
      await again();

      await agent.refuses('Thiết bị không liên kết với tài khoản nào');
      await fix();
      await hoa.hears(wordsOf('vi', 'deviceReady.notBound'));
      await hoa.presses(label('vi', 'deviceReady.choice.done'));
      await again();

      await agent.refuses('Công ty chưa được xác minh');
      await fix();
      await hoa.hears(wordsOf('vi', 'verified.wait'));
      await agent.presses('Đánh dấu đã xác minh');
      await hoa.hears(wordsOf('vi', 'verified.arrived'));
      await again();

      await agent.refuses('Lý do khác', { tick: 'Mạng', note: 'Anh xem lại mạng giúp em.' });
      await hoa.hears('Anh xem lại mạng giúp em.');
      await fix();
      await hoa.hears(wordsOf('vi', 'network.ask'));
      await hoa.presses(label('vi', 'network.choice.other'));
      await again();
      await agent.approves();
      await hoa.hears(wordsOf('vi', 'case.unbound'));
    });
  }, 180_000);

  it('does so in English, and asks an agent’s own question', async () => {
    const other = await Assistant.begin();
    try {
      await withBrowser(async (browser) => {
        const agent = await Agent.setUp(browser, other.setupLink ?? '');
        const serial = 'AD1234567';
        const anna = await sendCase(browser, other.url, { serial, language: 'en' });
        const fix = async (told = 'case.rejected') => {
          await anna.hears(wordsOf('en', told));
          await anna.presses(label('en', 'choice.fixNow'));
        };
        const again = async () => {
          await sendAgain(anna, 'en');
          await agent.opens(serial);
        };

        await agent.opens(serial);
        await agent.refuses('Số seri trên ảnh không khớp');
        await fix();
        await anna.hears(wordsOf('en', 'proof.askMatching'));
        await anna.sendsPhoto(await labelOf(serial));
        await again();

        await agent.refuses('Chuỗi SADP không hợp lệ hoặc đã hết hạn');
        await fix();
        await anna.hears(wordsOf('en', 'sadpString.ask'));
        await anna.writes(stringOf('en', `${serial} afresh`));
        await again();

        await agent.refuses('Dịch vụ Hik-Connect đang tắt');
        await fix();
        await anna.hears(wordsOf('en', 'deviceReady.serviceDisabled'));
        await anna.presses(label('en', 'deviceReady.choice.done'));
        await again();

        await agent.asks('Which site is the recorder at?');
        await agent.sees('đang chờ kỹ thuật viên');
        await fix('case.needsInfo');
        await anna.hears(wordsOf('en', 'answer.ask'));
        await anna.hears('Which site is the recorder at?');
        await anna.writes('The warehouse in Thu Duc');
        await sendAgain(anna, 'en');
        await agent.sees('The warehouse in Thu Duc');
        await agent.approves();
        await anna.hears(wordsOf('en', 'case.unbound'));
      });
    } finally {
      await other.remove();
    }
  }, 180_000);
});
