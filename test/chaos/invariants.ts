import type { Line } from '../../src/channels/web/wire.ts';
import type { Acknowledged } from './scripted-installer.ts';

/** What a conversation is held against. */
export interface Witness {
  readonly acknowledged: Acknowledged['messages'];
  /** The whole conversation as it is stored. */
  lines(): Promise<Pick<Line, 'id' | 'author' | 'shown'>[]>;
}

/** One scripted conversation, once it is over. */
export interface Held {
  serial: string;
  installer: Witness;
}

/** What is younger may be under way. */
export const UNDER_WAY_MS = 5_000;

/** Asks the tables; values stand for `?` in their order. */
export type All = (sql: string, ...values: string[]) => Promise<Record<string, unknown>[]>;

/**
 * What must hold of the store after any number of crashes, whatever the moment. A sentence for
 * each thing that does not; empty when all is well.
 */
export async function broken(all: All, held: readonly Held[]): Promise<string[]> {
  const found: string[] = [];
  const turns = await turnsOf(all);
  for (const { serial, installer } of held) {
    const cases = await all('select status from cases where serial = ?', serial);
    if (cases.length !== 1) found.push(`${serial}: ${cases.length} cases for one submission`);
    if (cases[0]?.status !== 'unbound') found.push(`${serial}: its case is ${cases[0]?.status}`);
    found.push(...(await brokenConversation(serial, installer, turns)));
  }
  // Conversations that were over long ago are asked how it went, this very moment perhaps.
  const before = String(Date.now() - UNDER_WAY_MS);
  // An answer that a messenger would not take is given up once the person has written more.
  const kept = "(state <> 'cancelled' or push <> 0)";
  for (const { kind, state, why } of await all(
    `select kind, state, why from effects where ${kept} and created_at <= ?`,
    before,
  ))
    found.push(`an effect is left: ${kind}, ${state}, ${why}`);
  // Reminders of later stay; what is due has rung.
  const timers = await all('select name from timers where due_at <= ?', before);
  if (timers.length > 0)
    found.push(`${timers.length} timers did not ring, one is ${timers[0]?.name}`);
  const aside = await all('select why from set_aside');
  if (aside.length > 0) found.push(`${aside.length} events were set aside: ${aside[0]?.why}`);
  const cut = await all(
    `
    select id from lines where delivery <> 'sent' and at <= ? and not (delivery = 'cancelled' and exists (
      select 1 from lines later where later.conversation = lines.conversation
        and later.id > lines.id and later.author = 'installer'))`,
    before,
  );
  if (cut.length > 0) found.push(`${cut.length} lines were not delivered`);
  return found;
}

/** How many turns an event made, by its id and by the last part of it. */
async function turnsOf(all: All): Promise<Map<string, number>> {
  const turns = new Map<string, number>();
  for (const { event_id } of await all('select event_id from seen')) {
    const id = String(event_id);
    for (const key of new Set([id, id.slice(id.lastIndexOf(':') + 1)]))
      turns.set(key, (turns.get(key) ?? 0) + 1);
  }
  return turns;
}

/** Every acknowledged message has its line, once and in order, and each question came once. */
async function brokenConversation(
  serial: string,
  installer: Witness,
  turns: ReadonlyMap<string, number>,
): Promise<string[]> {
  const found: string[] = [];
  const lines = await installer.lines();
  const heard = lines.filter((line) => line.author === 'installer').length;
  const sent = installer.acknowledged.length;
  if (heard !== sent)
    found.push(`${serial}: ${sent} messages acknowledged, ${heard} in the transcript`);
  for (const { id, what } of installer.acknowledged) {
    const count = turns.get(id) ?? 0;
    if (count !== 1) found.push(`${serial}: "${what}" was acknowledged and has ${count} turns`);
  }
  for (const once of ['Trình báo vụ việc thành công', 'Thiết bị đã được hủy liên kết']) {
    const times = lines.filter((line) => line.shown.text.includes(once)).length;
    if (times !== 1) found.push(`${serial}: "${once}" was said ${times} times`);
  }
  const ids = lines.map(({ id }) => id);
  if (ids.some((id, index) => id <= (ids[index - 1] ?? 0)))
    found.push(`${serial}: lines out of order`);
  return found;
}
