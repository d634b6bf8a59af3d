import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServer } from '../../src/server/server.ts';
import { ShareLinks } from '../../src/share/links.ts';
import { shareRoutes } from '../../src/share/routes.ts';
import type { CaseRow, CaseStep } from '../../src/store/contract.ts';
import { caseRow, NOW } from '../desk/rows.ts';
import { axeFindings } from '../e2e/axe.ts';
import { withBrowser } from '../e2e/browser.ts';
import { whyNoBrowser } from '../e2e/chromium.ts';

const links = new ShareLinks(randomBytes(32));
/** Where to keep pictures of the page, if anybody wants to look at them. */
const { PICTURES } = process.env;

async function house(row: CaseRow | null, steps: CaseStep[]) {
  const store = { caseById: async () => row, caseSteps: async () => steps };
  return createServer({
    config: { publicUrl: null },
    log: pino({ level: 'silent' }),
    ready: () => true,
    routes: [shareRoutes({ links, store, now: () => NOW })],
  });
}

const STEPS: CaseStep[] = [
  { status: 'submitted', at: NOW - 60_000 },
  { status: 'inReview', at: NOW },
];

describe('the page of a shared case', () => {
  let app: Awaited<ReturnType<typeof house>>;
  beforeEach(async () => {
    const row = caseRow({ status: 'inReview', note: 'gọi 0912', decidedBy: 'Lan Phạm' });
    app = await house(row, STEPS);
  });
  afterEach(() => app.close());
  const path = () => `/s/${links.make('c1-f1', NOW).token}`;

  it('shows how it stands, and nothing by which a device could be taken over', async () => {
    const response = await app.inject(path());
    expect(response.statusCode).toBe(200);
    for (const shown of ['HS-0001', '5678', 'Đang xem xét', 'Đã gửi']) {
      expect(response.body).toContain(shown);
    }
    const secret = ['D12345678', '1234567', 'gọi 0912', 'Lan', 'b1', 'c1', 'Trần'];
    for (const hidden of secret) expect(response.body).not.toContain(hidden);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['referrer-policy']).toBe('no-referrer');
  });

  it('speaks English where it is asked to', async () => {
    const response = await app.inject(`${path()}?lang=en`);
    expect(response.body).toContain('An agent is looking at the case.');
  });

  it('of a link that ended, was changed or never was, says so alike', async () => {
    const ended = links.make('c1-f1', NOW - 8 * 24 * 3_600_000).token;
    const bodies = await Promise.all(
      [ended, `${path().slice(3, -2)}AA`, 'x'].map(async (token) => {
        const response = await app.inject(`/s/${token}`);
        expect(response.statusCode).toBe(410);
        return response.body;
      }),
    );
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('đã hết hạn');
  });

  it.skipIf(whyNoBrowser() !== null)(
    'fits a phone, and axe finds nothing',
    async () => {
      await app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = app.server.address() as AddressInfo;
      await withBrowser(async (browser) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          const context = await browser.newContext({
            locale: 'vi-VN',
            viewport: { width: 360, height: 740 },
            colorScheme,
            bypassCSP: true,
          });
          const page = await context.newPage();
          await page.goto(`http://127.0.0.1:${port}${path()}`);
          expect(await axeFindings(page)).toEqual([]);
          const width = await page.evaluate<number>('document.documentElement.scrollWidth');
          expect(width).toBeLessThanOrEqual(360);
          if (!PICTURES) continue;
          await mkdir(PICTURES, { recursive: true });
          await page.screenshot({ path: `${PICTURES}/share-${colorScheme}.png`, fullPage: true });
        }
      });
    },
    60_000,
  );
});
