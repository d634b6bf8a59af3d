import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newConversation } from '../../src/dialogue/turn.ts';
import { agentRow, type DeskApp, deskApp } from '../desk/desk-app.ts';
import { caseRow, conversationRow, line, NOW } from '../desk/rows.ts';
import { withBrowser } from './browser.ts';
import { whyNoBrowser } from './chromium.ts';
import { signIn } from './desk-states.ts';

const CONVERSATIONS = 1000;
/** The queue of cases is read again beside the inbox, for its counts. */
const OPEN_CASES = 300;
const MESSAGES_A_SECOND = 50;
const SECONDS = 10;
/** From here on people notice that a page hangs. */
const LONGEST_MS = 100;

/** The conversation that stands first: queued, and for the longest time. */
const LONGEST_WAIT = CONVERSATIONS - 4;

const OWNERS = [
  { who: 'queued' as const, agentId: null, agentName: null, epoch: 0 },
  { who: 'agent' as const, agentId: 'id-Lan', agentName: 'Lan', epoch: 1 },
  { who: 'agent' as const, agentId: 'id-Hoa', agentName: 'Hoa', epoch: 1 },
  { who: 'bot' as const, agentId: null, agentName: null, epoch: 0 },
];

function fill({ store }: DeskApp): void {
  store.people.push(agentRow('agent', 'Lan'));
  for (let n = 0; n < CONVERSATIONS; n++) {
    const conversationId = `c${n}`;
    const owner = OWNERS[n % OWNERS.length] ?? OWNERS[0];
    store.conversations.push(
      conversationRow({
        conversationId,
        chatId: `chat-${n}`,
        accountName: `Khách ${n}`,
        updatedAt: NOW - n * 1000,
        ...(owner ? { owner } : {}),
      }),
    );
    if (n < OPEN_CASES) {
      const serial = `D${String(n).padStart(8, '0')}`;
      const caseId = `k${n}`;
      store.cases.push(caseRow({ caseId, number: `UB-${n}`, conversationId, serial }));
    }
    store.held.set(conversationId, {
      ...newConversation(conversationId),
      waiting: n % 2 === 0 ? { since: NOW - n * 1000, why: 'asked' } : null,
    });
  }
}

/** One message of an installer, as the desk hears of it. */
function message(
  { store, listeners, clock }: DeskApp,
  n: number,
  place = (n * 37) % CONVERSATIONS,
): void {
  const row = store.conversations[place];
  if (!row) return;
  clock.now += 1000 / MESSAGES_A_SECOND;
  row.updatedAt = clock.now;
  row.lastText = `tin nhắn ${n}`;
  store.lines.push(line(n + 1, { conversationId: row.conversationId }));
  for (const listener of listeners) listener(row.conversationId);
}

const TraceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** Microseconds of processor time; a busy machine lengthens the time on the wall alone. */
      tdur: z.number().optional(),
      args: z.object({ name: z.string().optional() }).optional(),
    }),
  ),
});

/** For how long the page's own thread was busy at a time, in milliseconds, the longest first. */
async function tasksDuring(page: Page, work: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('A page has a browser.');
  const categories = ['disabled-by-default-devtools.timeline', 'toplevel', '__metadata'];
  await browser.startTracing(page, { categories });
  await work();
  const { traceEvents } = TraceSchema.parse(JSON.parse(String(await browser.stopTracing())));
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && main.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / 1000)
    .toSorted((a, b) => b - a);
}

describe.skipIf(whyNoBrowser() !== null)('a busy hour at the desk', () => {
  let desk: DeskApp;
  beforeAll(async () => {
    desk = await deskApp();
    fill(desk);
    await desk.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => desk.app.close());

  it(`does not make the page stutter: ${CONVERSATIONS} conversations, ${MESSAGES_A_SECOND} messages a second`, async () => {
    await withBrowser(async (browser) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      const { port } = desk.app.server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/desk#/conversations/all`);
      await signIn(page, 'lan');
      await page.locator('a.conversation').first().waitFor();
      let sent = 0;
      const tasks = await tasksDuring(page, async () => {
        const begun = performance.now();
        while (performance.now() - begun < SECONDS * 1000) {
          const due = ((performance.now() - begun) / 1000) * MESSAGES_A_SECOND;
          while (sent < due) message(desk, sent++);
          // An agent looks through the list meanwhile.
          await page.mouse.wheel(0, 150);
        }
      });
      // Every message arrives, also in a list that is mostly out of sight.
      await page.evaluate(() => scrollTo(0, 0));
      message(desk, sent, LONGEST_WAIT);
      await page.getByText(`tin nhắn ${sent}`, { exact: true }).waitFor();
      const shown = await page.locator('a.conversation').count();
      expect(shown).toBeLessThan(40);
      expect(sent).toBeGreaterThan(MESSAGES_A_SECOND * SECONDS * 0.9);
      expect(tasks.length).toBeGreaterThan(SECONDS);
      expect(tasks[0]).toBeGreaterThan(0);
      expect(tasks[0], `the longest: ${tasks.slice(0, 5)} ms`).toBeLessThan(LONGEST_MS);
    });
  }, 120_000);
});
