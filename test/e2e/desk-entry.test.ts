import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Agent } from './agent.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';
import { wordsOf } from './sentences.ts';

const HOA = {
  name: 'Hoa Nguyễn',
  login: 'hoa',
  password: 'con mèo trèo cây cau',
  role: 'Nhân viên',
};
const VIEWER = {
  name: 'Minh Trần',
  login: 'minh',
  password: 'trời xanh mây trắng',
  role: 'Chỉ xem',
};

describe.skipIf(whyNoBrowser() !== null)('the way into the desk', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.begin();
  });
  afterAll(async () => {
    await assistant.remove();
  });

  it('lets each in as what they are, stops guessing, and takes somebody back after a session', async () => {
    await withBrowser(async (browser) => {
      const lan = await Agent.setUp(browser, assistant.setupLink ?? '');
      await lan.adds(HOA);
      await lan.adds(VIEWER);
      const anna = await Installer.visit(browser, assistant.url, 'en-GB');
      await anna.hears(wordsOf('en', 'network.ask'));

      // A viewer sees everything, and has nothing to change it with.
      const minh = await Agent.comes(browser, assistant.url);
      await minh.signsIn(VIEWER.login, VIEWER.password);
      await minh.page.getByRole('link', { name: 'Trò chuyện' }).click();
      await minh.page.locator('a.conversation').click();
      await minh.page.locator('.transcript article').first().waitFor();
      await minh.sees(wordsOf('en', 'network.ask'));
      expect(await minh.page.locator('main button').count()).toBe(0);
      expect(await minh.page.getByRole('link', { name: 'Nhật ký' }).count()).toBe(0);
      const forged = await minh.page.evaluate(`(async () => {
        const { csrf } = await (await fetch('/api/desk/me')).json();
        const id = location.hash.split('/').at(-1);
        const answer = await fetch('/api/desk/conversations/' + id + '/take-over', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
          body: '{}',
        });
        return [answer.status, (await answer.json()).error.code];
      })()`);
      expect(forged).toEqual([403, 'viewerReads']);

      // What was begun to be written outlives a session that ends meanwhile.
      const hoa = await Agent.comes(browser, assistant.url);
      await hoa.signsIn(HOA.login, HOA.password);
      await hoa.page.getByRole('link', { name: 'Trò chuyện' }).click();
      await hoa.page.locator('a.conversation').click();
      await hoa.presses('Tiếp nhận');
      const field = hoa.page.getByLabel('Tin nhắn cho kỹ thuật viên');
      await field.fill('Chào chị Anna');
      const password = 'mùa xuân trên bản nhỏ';
      await lan.presses(`Sửa ${HOA.name}`);
      await lan.page.getByLabel('Mật khẩu mới').fill(password);
      await lan.presses('Lưu');
      await lan.sees(`Đã lưu ${HOA.name}.`);
      // The page may find out by itself that the session is over, before anything is pressed.
      const send = hoa.page.getByRole('button', { name: 'Gửi', exact: true });
      await send.click({ timeout: 2_000 }).catch(() => undefined);
      await hoa.sees('Phiên làm việc đã hết. Anh/chị vui lòng đăng nhập lại.');
      await hoa.signsIn(HOA.login, HOA.password);
      await hoa.sees('Tên đăng nhập hoặc mật khẩu không đúng.');
      await hoa.signsIn(HOA.login, password);
      await field.waitFor();
      expect(await field.inputValue()).toBe('Chào chị Anna');
      await hoa.presses('Gửi');
      await anna.hears('Chào chị Anna');

      // Guessing stops, with a time from which one may try again.
      const guest = await Agent.comes(browser, assistant.url);
      for (let n = 0; n < 5; n++) {
        await guest.signsIn('lan', `wrong guess ${n}`);
        await guest.sees('Tên đăng nhập hoặc mật khẩu không đúng.');
        await guest.page.reload();
      }
      await guest.signsIn('lan', 'một câu dài dễ nhớ');
      await guest.sees(/^Đã thử quá nhiều lần\. Anh\/chị vui lòng thử lại sau \d\d:\d\d\.$/);
    });
    for (const { password } of [HOA, VIEWER]) expect(assistant.printed).not.toContain(password);
  }, 120_000);
});
