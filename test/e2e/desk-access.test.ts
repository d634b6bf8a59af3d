import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskOptions } from '../../src/desk/options.ts';
import { type DeskApp, deskApp } from '../desk/desk-app.ts';
import { NOW } from '../desk/rows.ts';
import { axeFindings } from './axe.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { fillDesk } from './desk-sample.ts';
import { DESK_STATES, signIn } from './desk-states.ts';

const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];

/** What is wrong with the page as it stands, on a phone and a desktop, light and dark. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    // Whatever moves would be looked at half way.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const found = await axeFindings(page);
      const wide = await page.evaluate<boolean>(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      );
      if (wide) found.push('wider than the screen');
      faults.push(...found.map((fault) => `${colorScheme}, ${size.width} px: ${fault}`));
    }
  }
  return faults;
}

async function openPage(browser: Browser, desk: DeskApp, path = '/desk'): Promise<Page> {
  const { port } = desk.app.server.address() as AddressInfo;
  const context = await browser.newContext({
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`http://127.0.0.1:${port}${path}`);
  return page;
}

const zaloOa: DeskOptions['zaloOa'] = {
  status: async () => ({
    state: 'refused',
    oaId: '388613280878808645',
    endsAt: NOW,
    accessEndsAt: NOW,
    canConnect: true,
  }),
  begin: async () => null,
};

const groupPeople: DeskOptions['groupPeople'] = {
  isLinked: async () => true,
  offerCode: async () => ({ code: 'KTR-XMP-QBN', expiresAt: NOW }),
  unlink: async () => undefined,
};

describe.skipIf(whyNoBrowser() !== null)('the desk for everybody', () => {
  let desk: DeskApp;
  let empty: DeskApp;
  beforeAll(async () => {
    [desk, empty] = await Promise.all([deskApp({ zaloOa, groupPeople }), deskApp()]);
    await fillDesk(desk);
    for (const { app } of [desk, empty]) await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await Promise.all([desk.app.close(), empty.app.close()]);
  });

  it('has no fault that axe knows, in any state, light or dark, on phone or desktop', async () => {
    const faults: Record<string, string[]> = {};
    const look = async (name: string, page: Page) => {
      const found = await faultsOf(page);
      if (found.length > 0) faults[name] = found;
    };
    await withBrowser(async (browser) => {
      const offer = new URL((await empty.setup.offer('http://desk')) ?? '');
      const first = await openPage(browser, empty, `/desk/setup${offer.hash}`);
      await first.getByLabel('Họ tên').waitFor();
      await look('setup', first);
      const page = await openPage(browser, desk);
      await signIn(page, 'lan', 'wrong');
      await page.locator('.alert').waitFor();
      await look('sign-in', page);
      await signIn(page, 'lan');
      await page.locator('table.cases').waitFor();
      for (const state of DESK_STATES) {
        await state.open(page);
        await look(state.name, page);
      }
    });
    expect(faults).toEqual({});
  }, 240_000);

  it('can be worked with the keyboard alone: sign in, open, look closer, approve', async () => {
    await withBrowser(async (browser) => {
      const page = await openPage(browser, desk);
      const { keyboard } = page;
      const focused = () =>
        page.evaluate<string>(
          `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()`,
        );
      const tabTo = async (name: string) => {
        for (let n = 0; n < 80; n++) {
          await keyboard.press('Tab');
          if ((await focused()) === name) return;
        }
        throw new Error(`The keyboard does not come to “${name}”.`);
      };
      await page.getByLabel('Tên đăng nhập').focus();
      await keyboard.type('hoa');
      await keyboard.press('Tab');
      await keyboard.type('một câu đủ dài để nhớ');
      await keyboard.press('Enter');
      await page.locator('table.cases').waitFor();
      await tabTo('UB-000001');
      await keyboard.press('Enter');
      await page.locator('section.decide').waitFor();

      await page.locator('.photo .thumb img').waitFor();
      await tabTo('Xem ảnh 1');
      await keyboard.press('Enter');
      await page.locator('.viewer img').waitFor();
      await keyboard.press('+');
      await keyboard.press('r');
      await page.getByText('Phóng 140%, xoay 90°').waitFor();
      await keyboard.press('Escape');
      await expect.poll(focused).toBe('Xem ảnh 1');

      await page.locator('#main').focus();
      await tabTo('Xác nhận đã gỡ liên kết');
      await keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await tabTo('Xác nhận đã gỡ liên kết');
      await keyboard.press('Enter');
      await page.locator('p.done').filter({ hasText: 'đã được hủy liên kết' }).waitFor();
      await expect.poll(focused).toBe('Thiết bị đã được hủy liên kết');
      expect(desk.decisions.at(-1)).toEqual({
        caseId: 'case-D12345678',
        decision: { status: 'unbound' },
      });
    });
  }, 60_000);
});
