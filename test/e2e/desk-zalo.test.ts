import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import viDesk from '../../locales/vi/desk.json' with { type: 'json' };
import type { DeskOptions } from '../../src/desk/options.ts';
import { type DeskApp, deskApp } from '../desk/desk-app.ts';
import { caseRow, conversationRow, line, NOW } from '../desk/rows.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { fillDesk } from './desk-sample.ts';
import { signIn } from './desk-states.ts';

type Status = Awaited<ReturnType<NonNullable<DeskOptions['zaloOa']>['status']>>;

describe.skipIf(whyNoBrowser() !== null)('Zalo at the desk', () => {
  let desk: DeskApp;
  let url: string;
  let status: Status = {
    state: 'notConnected',
    oaId: null,
    endsAt: null,
    accessEndsAt: null,
    canConnect: true,
  };
  // The admin consents at once, and Zalo sends the browser back.
  const zalo = createServer((_request, response) => {
    response.writeHead(302, { location: `${url}/desk#/zalo/done` }).end();
  });
  beforeAll(async () => {
    await new Promise<void>((listening) => zalo.listen(0, '127.0.0.1', listening));
    const zaloOa = {
      status: async () => status,
      begin: async () => {
        status = { ...status, state: 'connected', oaId: '388613280878808645', endsAt: NOW };
        return `http://127.0.0.1:${(zalo.address() as AddressInfo).port}/`;
      },
    };
    desk = await deskApp({ zaloOa });
    await fillDesk(desk);
    await desk.app.listen({ port: 0, host: '127.0.0.1' });
    url = `http://127.0.0.1:${(desk.app.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await desk.app.close();
    zalo.closeAllConnections();
    await new Promise((closed) => zalo.close(closed));
  });

  it('is connected by an admin, who comes back and sees that it is', async () => {
    await withBrowser(async (browser) => {
      const page = await browser.newPage({ locale: 'vi-VN' });
      await page.goto(`${url}/desk`);
      await signIn(page, 'lan');
      await page.getByRole('link', { name: viDesk.nav.zaloOa }).click();
      await page.getByText(viDesk.zaloOa.notConnected).waitFor();
      await page.getByRole('button', { name: viDesk.zaloOa.connect }).click();
      await page.getByText(viDesk.zaloOa.back.done).waitFor();
      await page.getByText(viDesk.zaloOa.connected).waitFor();
      expect(await page.locator('.trouble').count()).toBe(0);
    });
  }, 60_000);

  it('tells which way a line went, and why', async () => {
    const conversationId = 'c-zalo';
    desk.store.conversations.push(conversationRow({ conversationId, channel: 'zalo-oa' }));
    desk.store.cases.push(caseRow({ caseId: 'k-zalo', conversationId, serial: 'D77777777' }));
    const way = { way: 'wait', why: 'noPhone' };
    desk.store.lines.push(line(900, { conversationId, author: 'bot', delivery: 'due', way }));
    await withBrowser(async (browser) => {
      const page = await browser.newPage({ locale: 'vi-VN' });
      await page.goto(`${url}/desk#/conversation/${conversationId}`);
      await signIn(page, 'lan');
      await page.getByText(viDesk.ways.noPhone).waitFor();
    });
  }, 60_000);
});
