import type { InlineKeyboardButton } from 'grammy/types';
import { escapeHtml } from '../channels/telegram/render.ts';
import { deskTexts } from '../desk/texts.ts';
import { isDecidedHere } from '../desk/views.ts';
import type { Language } from '../dialogue/event.ts';
import { isOpenCase, mayBecome, type RefusalReason, RefusalReasonSchema } from '../domain/case.ts';
import type { CaseRow, ConversationRow } from '../store/contract.ts';
import { formatMoment } from '../words/moment.ts';
import { type Block, blockOf } from './compose.ts';
import { type ForumTexts, forumTexts } from './texts.ts';
import { type ButtonAct, writeToken } from './token.ts';

type Rows = InlineKeyboardButton[][];

/** Cases that get buttons; a topic with more of them is for the desk. */
const MOST_CASES = 3;
export const REASONS: readonly RefusalReason[] = RefusalReasonSchema.options;

/** What agents see and press in a topic, in one language. */
export class Cards {
  readonly #language: Language;
  readonly #t: ForumTexts;
  readonly #desk: string | null;

  /** @param publicUrl Telegram takes no link to this machine, so that only https ones become buttons */
  constructor(language: Language, publicUrl: string | null) {
    this.#language = language;
    this.#t = forumTexts(language);
    this.#desk = publicUrl?.startsWith('https:') ? `${publicUrl}/desk` : null;
  }

  /** The desk's word for something, such as `reasons.notBound`. */
  word(key: string): string {
    return deskTexts.t(key, { lng: this.#language });
  }

  /** The buttons of a conversation, and what they stand for: another `shows` means other buttons. */
  cardOf(row: ConversationRow, cases: readonly CaseRow[]): { rows: Rows; shows: string } {
    const decidable = cases.filter(isOpen).filter(isDecidedHere).slice(0, MOST_CASES);
    const { who, epoch } = row.owner;
    const back = who === 'agent' ? [this.#button('handBack', { act: 'back', epoch })] : [];
    const decide = decidable.map(({ caseId, number, revision, status }) => [
      ...(mayBecome(status, 'unbound')
        ? this.#button('approve', { act: 'approve', caseId, revision }, { number })
        : []),
      ...(mayBecome(status, 'rejected')
        ? this.#button('refuse', { act: 'refuse', caseId, revision }, { number })
        : []),
    ]);
    const desk =
      this.#desk && `${this.#desk}#/conversation/${encodeURIComponent(row.conversationId)}`;
    const rows = [
      ...back,
      ...this.claimOf(row),
      ...decide,
      desk ? [{ text: this.#t('button.desk'), url: desk }] : [],
    ];
    const shows = [`${who}${epoch}`, ...decidable.map((one) => `${one.caseId}:${one.revision}`)];
    return { rows: rows.filter((buttons) => buttons.length > 0), shows: shows.join(' ') };
  }

  /** The button by which an agent gets the conversation. */
  claimOf({ owner }: ConversationRow): Rows {
    const { who, agentName, epoch } = owner;
    const name = agentName ?? '';
    return [
      who === 'agent'
        ? this.#button('takeFrom', { act: 'take', epoch }, { name })
        : this.#button('takeOver', { act: 'take', epoch }),
    ];
  }

  /** The reasons from which an agent chooses. */
  reasonsOf({ caseId, revision }: CaseRow): Rows {
    const reasons = REASONS.map((name, reason) => ({
      text: this.word(`reasons.${name}`),
      callback_data: writeToken({ act: 'reason', caseId, revision, reason }) ?? '',
    }));
    const back = {
      text: this.#t('button.cancel'),
      callback_data: writeToken({ act: 'menu' }) ?? '',
    };
    return [...reasons, back].map((button) => [button]);
  }

  /** What agents have to know of the open cases; '' as a key means that there is none. */
  casesOf(cases: readonly CaseRow[]): { key: string; blocks: Block[] } {
    const open = cases.filter(isOpen).toReversed();
    const blocks = open.map((one) => {
      const text = this.#caseText(one);
      return blockOf(escapeHtml(text), text.length);
    });
    return { key: open.map((one) => `${one.caseId}:${one.revision}`).join(' '), blocks };
  }

  nameOf(row: ConversationRow, cases: readonly CaseRow[]): string {
    const channel = this.word(`channel.${row.channel}`);
    const serial = cases[0]?.serial;
    const id = row.conversationId.slice(-4);
    const name = serial
      ? this.#t('topicOfSerial', { serial, channel })
      : this.#t('topic', { channel, id });
    return name.slice(0, 128);
  }

  #caseText(row: CaseRow): string {
    const { number, serial, draft, answerBy } = row;
    const t = this.#t;
    const lines = [
      t('case.head', { number, serial, network: this.word(`network.${draft.network}`) }),
      `▫️ ${this.#proofText(draft)}`,
      ...draft.flags.flatMap((flag) => this.#flagText(flag)),
      ...(draft.sadp === null ? [] : [`▫️ ${t('case.sadp')}`]),
      `▫️ ${t('case.answerBy', { time: formatMoment(answerBy, this.#language) })}`,
    ];
    return lines.join('\n');
  }

  #proofText({ proof, proofWhy }: CaseRow['draft']): string {
    if (proof === 'shown') return this.#t('case.shown');
    const why = proofWhy === null ? [] : this.#known(`why.${proofWhy}`);
    return [this.#t('case.unverified'), ...why].join(': ');
  }

  /** What the proof's flag says is said of the proof already. */
  #flagText(flag: string): string[] {
    if (flag === 'proofUnverified') return [];
    return this.#known(`flags.${flag}`).map((text) => `⚠️ ${text}`);
  }

  #known(key: string): string[] {
    const text = this.word(key);
    return text === key ? [] : [text];
  }

  #button(
    key: string,
    act: ButtonAct,
    params: Record<string, string> = {},
  ): InlineKeyboardButton[] {
    const token = writeToken(act);
    return token === null ? [] : [{ text: this.#t(`button.${key}`, params), callback_data: token }];
  }
}

function isOpen({ status }: CaseRow): boolean {
  return isOpenCase(status);
}
