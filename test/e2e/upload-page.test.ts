import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkIn, Person } from '../channels/zalo/bot/person.ts';
import { BotPlatform } from '../channels/zalo/bot/server/bot-platform.ts';
import { exportName, sadpB } from '../conversations/strings.ts';
import { labelPicture } from '../pictures/index.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { findingsInEachLook } from './chat-looks.ts';
import { whyNoBrowser } from './chromium.ts';
import { wordsOf } from './sentences.ts';

const PUBLIC_URL = 'https://assistant.example.vn';
const SERIAL = 'D12345678';
/** Where to keep pictures of the page, if anybody wants to look at them. */
const { PICTURES } = process.env;

async function look(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}

describe.skipIf(whyNoBrowser() !== null)('the page for files', () => {
  let platform: BotPlatform;
  let assistant: Assistant;
  beforeAll(async () => {
    platform = await BotPlatform.start();
    assistant = await Assistant.begin({
      ZALO_BOT_TOKEN: platform.token,
      ZALO_BOT_API_ROOT: platform.root,
      PUBLIC_URL,
    });
    platform.updates.addresses.set(PUBLIC_URL, assistant.url);
  });
  afterAll(async () => {
    await assistant.remove();
    await platform.stop();
  });

  /** Somebody who was asked for a photo, and the page behind the link that came along. */
  async function arrive(browser: Browser, hello = 'xin chào') {
    const person = new Person(platform);
    person.patience = 20_000;
    const language = hello === 'hello' ? 'en' : 'vi';
    person.writes(hello);
    await person.hears(wordsOf(language, 'network.ask'));
    person.writes('2');
    await person.hears(wordsOf(language, 'serial.ask'));
    person.writes(SERIAL);
    const asked = await person.hears(wordsOf(language, 'proof.ask'));
    const context = await browser.newContext({
      locale: 'vi-VN',
      viewport: { width: 360, height: 740 },
      hasTouch: true,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const path = `/u/${linkIn(asked.text)}`;
    await page.goto(assistant.url + path);
    return { person, page, path };
  }

  const input = (page: Page) => page.locator('input[type=file]');
  const file = (name: string, buffer: Buffer, mimeType = 'text/xml') => ({
    name,
    buffer,
    mimeType,
  });

  it('brings photos, then the exported file by another link, into the chat they came from', async () => {
    await withBrowser(async (browser) => {
      const { person, page, path } = await arrive(browser);
      await page.getByRole('heading', { name: 'Gửi ảnh hoặc file' }).waitFor();
      const send = page.getByRole('button', { name: 'Gửi', exact: true });
      expect(await send.isDisabled()).toBe(true);
      await look(page, 'upload-vi-open');
      const label = await labelPicture({ serial: SERIAL, code: 'QWERTZ', model: 'DS-2', seed: 3 });
      await input(page).setInputFiles([
        file('IMG_1.jpg', label, 'image/jpeg'),
        file(
          'một-cái-tên-rất-dài-mà-điện-thoại-đặt-cho-ảnh-20261124_101500.jpg',
          label,
          'image/jpeg',
        ),
      ]);
      await page.getByRole('listitem').nth(1).waitFor();
      await look(page, 'upload-vi-chosen');
      await page.getByRole('button', { name: /^Bỏ một-cái-tên/ }).click();
      expect(await page.getByRole('listitem').count()).toBe(1);
      await send.click();
      await page.getByRole('heading', { name: 'Em nhận được rồi ạ' }).waitFor();
      await look(page, 'upload-vi-done');
      await person.hears(wordsOf('vi', 'proof.shown'));
      await page.goto(assistant.url + path);
      await page.getByRole('alert').filter({ hasText: 'đã dùng rồi' }).waitFor();
      await look(page, 'upload-vi-used');

      const next = await person.hears(wordsOf('vi', 'sadpString.ask'));
      person.writes('trợ giúp');
      const again = await person.waitsFor(
        ({ text }) => ![null, linkIn(next.text), path.slice('/u/'.length)].includes(linkIn(text)),
        'another link',
      );
      await page.goto(`${assistant.url}/u/${linkIn(again.text)}`);
      await input(page).setInputFiles([file(exportName(SERIAL), Buffer.from(sadpB()))]);
      await send.click();
      await page.getByRole('heading', { name: 'Em nhận được rồi ạ' }).waitFor();
      await person.hears(wordsOf('vi', 'sadpString.taken'));
    });
  }, 90_000);

  it('says what is wrong with a file, in the language of the conversation, and lets it be changed', async () => {
    await withBrowser(async (browser) => {
      const { person, page } = await arrive(browser, 'hello');
      await page.getByRole('heading', { name: 'Send photos or a file' }).waitFor();
      const send = page.getByRole('button', { name: 'Send', exact: true });
      const tooLarge = Buffer.concat([
        Buffer.from('ffd8ff', 'hex'),
        Buffer.alloc(16 * 1024 * 1024),
      ]);
      await input(page).setInputFiles([file('IMG_1.jpg', tooLarge, 'image/jpeg')]);
      await send.click();
      await page
        .getByRole('alert')
        .filter({ hasText: 'IMG_1.jpg: this photo is too large' })
        .waitFor();
      await look(page, 'upload-en-too-large');
      await page.getByRole('button', { name: 'Tiếng Việt' }).click();
      await page.getByRole('heading', { name: 'Gửi ảnh hoặc file' }).waitFor();
      await page.getByRole('button', { name: 'Bỏ IMG_1.jpg' }).click();
      await input(page).setInputFiles([file('x.xml', Buffer.from('không phải'))]);
      await page.getByRole('button', { name: 'Gửi', exact: true }).click();
      await page.getByRole('heading', { name: 'Em nhận được rồi ạ' }).waitFor();
      await person.hears(wordsOf('en', 'file.notSadp'));
    });
  }, 90_000);

  it('keeps what was chosen when the network is gone', async () => {
    await withBrowser(async (browser) => {
      const { page } = await arrive(browser);
      await page.getByText('Chọn ảnh hoặc file').waitFor();
      await input(page).setInputFiles([file('x.xml', Buffer.from(sadpB('off')))]);
      await page.context().setOffline(true);
      const send = page.getByRole('button', { name: 'Gửi', exact: true });
      await send.click();
      await page.getByRole('alert').filter({ hasText: 'mất mạng' }).waitFor();
      await look(page, 'upload-vi-offline');
      await page.context().setOffline(false);
      await send.click();
      await page.getByRole('heading', { name: 'Em nhận được rồi ạ' }).waitFor();
    });
  }, 60_000);

  it('can be used by everybody, in light and dark, on a phone and a desktop', async () => {
    await withBrowser(async (browser) => {
      const { page } = await arrive(browser);
      await page.getByText('Chọn ảnh hoặc file').waitFor();
      expect(await findingsInEachLook(page)).toEqual([]);
      await input(page).setInputFiles([file('x.xml', Buffer.from('x'))]);
      expect(await findingsInEachLook(page)).toEqual([]);
      await page.goto(`${assistant.url}/u/${'A'.repeat(43)}`);
      await page.getByRole('alert').filter({ hasText: 'hết hạn' }).waitFor();
      await look(page, 'upload-vi-expired');
      expect(await findingsInEachLook(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await look(page, 'upload-vi-dark');
    });
  }, 90_000);
});
