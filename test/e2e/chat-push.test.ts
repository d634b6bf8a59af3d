import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sadpA } from '../conversations/strings.ts';
import { labelPicture } from '../pictures/index.ts';
import { Assistant } from './assistant.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { Installer } from './installer.ts';

const ASK = 'Báo cho tôi khi có kết quả';

/**
 * This browser reaches no push service, so that the page gets a subscription as one would give it.
 * Everything else is real: the permission, the worker, the assistant's own checks.
 */
const SUBSCRIBE = `
  let made = null;
  PushManager.prototype.getSubscription = async () => made;
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly || applicationServerKey.length !== 87) throw new TypeError('options');
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const p256dh = text(await crypto.subtle.exportKey('raw', pair.publicKey));
    const auth = text(crypto.getRandomValues(new Uint8Array(16)));
    const endpoint = 'https://fcm.googleapis.com/fcm/send/' + crypto.randomUUID();
    made = { endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }), unsubscribe: async () => { made = null; return true; } };
    return made;
  };`;

/** A browser without a screen shows none: what the worker has shown is written down instead. */
const SHOW = `{
  self.shown = [];
  ServiceWorkerRegistration.prototype.showNotification = async (...what) => self.shown.push(what);
}`;

/** Presses the notification; tells how often it was closed then. */
const CLICK = `{
  let closed = 0;
  const event = new ExtendableEvent('notificationclick');
  Object.defineProperty(event, 'notification', { value: { close: () => (closed += 1) } });
  self.dispatchEvent(event);
  closed;
}`;

const workers = (page: Page) =>
  page.evaluate<number>('navigator.serviceWorker.getRegistrations().then((all) => all.length)');

/** Has the browser hand a message to the page's worker, as a push service's would come. */
async function push(page: Page, data: object): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const registration = new Promise<string>((known) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first) known(first.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await registration,
    data: JSON.stringify(data),
  });
}

describe.skipIf(whyNoBrowser() !== null)('notifications of the chat', () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await Assistant.begin();
  });
  afterAll(() => assistant.remove());

  it('are offered once a case is sent, asked for by a press, shown by the worker, and turned off', async () => {
    await withBrowser(async (browser) => {
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
      const { page } = minh;
      await page.context().grantPermissions(['notifications'], { origin: assistant.url });
      await page.addInitScript(SUBSCRIBE);
      await page.reload();
      await minh.hears('Anh/chị có đang cùng mạng LAN');
      expect(await page.getByRole('button', { name: ASK }).count()).toBe(0);
      const label = await labelPicture({
        serial: 'D12345678',
        code: 'QWERTZ',
        model: 'DS-2CD2143G2-I',
        seed: 3,
      });
      await minh.submits('D12345678', label, sadpA());
      expect(await workers(page)).toBe(0);

      const told = page.waitForResponse(
        (answer) => answer.url().endsWith('/api/chat/push') && answer.request().method() === 'POST',
      );
      await page.getByRole('button', { name: ASK }).click();
      expect((await told).status()).toBe(201);
      await page.getByText('Máy này sẽ nhận thông báo khi có kết quả.').waitFor();
      expect(await workers(page)).toBe(1);

      const [worker] = page.context().serviceWorkers();
      if (!worker) throw new Error('The page has no worker.');
      await worker.evaluate(SHOW);
      await push(page, {
        title: 'Hồ sơ UB-000001',
        body: 'Số seri D12345678: đã gỡ liên kết xong.',
        language: 'vi',
        tag: 'case-UB-000001',
      });
      await expect
        .poll(() => worker.evaluate('self.shown'))
        .toEqual([
          [
            'Hồ sơ UB-000001',
            {
              body: 'Số seri D12345678: đã gỡ liên kết xong.',
              lang: 'vi',
              tag: 'case-UB-000001',
              renotify: true,
            },
          ],
        ]);
      expect(await worker.evaluate(CLICK)).toBe(1);

      // Somebody who looks elsewhere is told by a notification: the page stops listening.
      const closed = page.waitForEvent('requestfailed', (request) =>
        request.url().includes('/api/chat/stream'),
      );
      await look(page, 'hidden');
      await closed;
      const opened = page.waitForRequest((request) => request.url().includes('/api/chat/stream'));
      await look(page, 'visible');
      await opened;

      const ended = page.waitForResponse((answer) => answer.url().endsWith('/api/chat/push/end'));
      await page.getByRole('button', { name: 'Tắt thông báo' }).click();
      expect((await ended).status()).toBe(200);
      await page.getByRole('button', { name: ASK }).waitFor();
    });
  }, 90_000);

  it('say what to do when the browser blocks them', async () => {
    await withBrowser(async (browser) => {
      const minh = await Installer.visit(browser, assistant.url, 'vi-VN');
      const { page } = minh;
      await page.addInitScript(`Notification.requestPermission = async () => 'denied'`);
      await page.reload();
      const label = await labelPicture({
        serial: 'D87654321',
        code: 'QWERTZ',
        model: 'DS-2CD2143G2-I',
        seed: 4,
      });
      await minh.submits('D87654321', label, sadpA('b'));
      await page.getByRole('button', { name: ASK }).click();
      await page.getByRole('alert').filter({ hasText: 'đang chặn thông báo' }).waitFor();
      expect(await workers(page)).toBe(0);
    });
  }, 60_000);
});

async function look(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate<void>(`
    Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
    void document.dispatchEvent(new Event('visibilitychange'));`);
}
