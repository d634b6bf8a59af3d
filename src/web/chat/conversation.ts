import type { Line } from '../../channels/web/wire.ts';

/** Something the person sends, before the server has kept it. */
export type Outgoing =
  /** `silent`: not shown while under way (the language switch). */
  | { type: 'text'; text: string; silent?: boolean }
  | { type: 'choice'; token: string; label: string }
  | { type: 'photos'; files: File[]; caption: string }
  | { type: 'file'; file: File };

export interface Pending {
  /** Made here; the server drops what comes twice under one id. */
  id: string;
  at: number;
  what: Outgoing;
  /** accepted: kept by the server, its line is about to come. waiting: sent when back online. */
  state: 'sending' | 'accepted' | 'waiting' | 'failed';
  /** Of photos and files: the part that is uploaded, 0 to 1; null before the first byte. */
  progress: number | null;
  /** What the server said when it refused. */
  sentence: string | null;
  /** Its line came before the server's answer did. */
  seen: boolean;
}

export interface Chat {
  /** By rising id. */
  lines: Line[];
  /** In the order of sending. */
  pending: Pending[];
  /** The backlog has come. */
  ready: boolean;
  link: 'connecting' | 'open' | 'lost' | 'offline' | 'noCookies' | 'down';
}

export type Action =
  | { do: 'line'; line: Line }
  | { do: 'gone'; id: number }
  | { do: 'ready' }
  | { do: 'link'; link: Chat['link'] }
  | { do: 'add'; pending: Pending }
  | { do: 'mark'; id: string; state: Pending['state']; sentence: string | null }
  | { do: 'progress'; id: string; progress: number }
  | { do: 'forget'; id: string };

export const EMPTY: Chat = { lines: [], pending: [], ready: false, link: 'connecting' };

/** The whole page's memory, one step on. Pure. */
export function step(chat: Chat, action: Action): Chat {
  switch (action.do) {
    case 'line':
      return withLine(chat, action.line);
    case 'gone':
      return { ...chat, lines: chat.lines.filter((line) => line.id !== action.id) };
    case 'ready':
      // What the server has kept is in the backlog by now.
      return {
        ...chat,
        ready: true,
        link: 'open',
        pending: chat.pending.filter((one) => one.state !== 'accepted'),
      };
    case 'link':
      return { ...chat, link: action.link };
    case 'add':
      return { ...chat, pending: [...chat.pending, action.pending] };
    case 'mark':
      return { ...chat, pending: chat.pending.flatMap((one) => marked(one, action)) };
    case 'progress':
      return { ...chat, pending: chat.pending.map((one) => moved(one, action)) };
    case 'forget':
      return { ...chat, pending: chat.pending.filter((one) => one.id !== action.id) };
  }
}

function marked(one: Pending, action: Extract<Action, { do: 'mark' }>): Pending[] {
  if (one.id !== action.id) return [one];
  if (action.state === 'accepted' && one.seen) return [];
  return [{ ...one, state: action.state, progress: null, sentence: action.sentence }];
}

function moved(one: Pending, { id, progress }: Extract<Action, { do: 'progress' }>): Pending {
  return one.id === id && one.state === 'sending' ? { ...one, progress } : one;
}

function withLine(chat: Chat, line: Line): Chat {
  const last = chat.lines.at(-1);
  if (last !== undefined && line.id <= last.id) return chat;
  const lines = [...chat.lines, line];
  if (!chat.ready || line.author !== 'installer') return { ...chat, lines };
  // Lines do not name the message they came from. Messages are sent one after the other, so a
  // person's new line is the oldest one under way.
  const mine = chat.pending.find(
    (one) => !one.seen && (one.state === 'sending' || one.state === 'accepted'),
  );
  const pending = chat.pending.flatMap((one) => {
    if (one !== mine) return [one];
    return one.state === 'accepted' ? [] : [{ ...one, seen: true }];
  });
  return { ...chat, lines, pending };
}

/**
 * Ids of the lines whose buttons may be pressed: the newest that has any, and all that came since
 * the person's last word (news about a case does not take away the open question's buttons).
 */
export function pressable(lines: readonly Line[]): Set<number> {
  const spoken = lines.findLastIndex((line) => line.author === 'installer');
  const newest = lines.findLastIndex((line) => line.shown.choices.length > 0);
  return new Set(
    lines
      .filter(
        (line, index) => line.shown.choices.length > 0 && (index > spoken || index === newest),
      )
      .map((line) => line.id),
  );
}

/** Of each case that was spoken of, the newest line about it: the case's card stands there. */
export function newestOfCases(lines: readonly Line[]): Map<string, number> {
  const newest = new Map<string, number>();
  for (const { id, shown } of lines) if (shown.caseId !== undefined) newest.set(shown.caseId, id);
  return newest;
}

/** The step of the open question, or null when none is open: a case was just spoken of, say. */
export function stepNow(lines: readonly Line[]): { at: number; of: number } | null {
  const last = lines.findLast(
    ({ shown }) => shown.step !== undefined || shown.caseId !== undefined,
  );
  return last?.shown.step ?? null;
}

/** Whether an answer of the bot is to be expected: the person spoke last, and not to an agent. */
export function awaitsBot(chat: Chat): boolean {
  const last = chat.lines.at(-1);
  const lastOther = chat.lines.findLast((line) => line.author !== 'installer');
  if (lastOther?.author === 'agent') return false;
  if (chat.pending.some((one) => one.state === 'accepted')) return true;
  return last?.author === 'installer' && chat.pending.every((one) => one.state !== 'sending');
}
