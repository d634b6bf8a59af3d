import type { Language } from '../../dialogue/event.ts';
import type { Rendered } from '../../words/words.ts';
import { splitText } from '../split-text.ts';
import { type Card, type CardView, cardMessage, cardOf } from './card.ts';
import type { Outgoing } from './connection.ts';

/** UTF-16 units of a text; long ones are read more easily in pieces. */
const MOST_TEXT = 8_000;
/** Teams takes 100 KB in UTF-16, everything of the activity included ("Format your bot messages"). */
const MOST_BYTES = 80_000;

export interface Reply {
  shown: Rendered;
  language: Language;
  line: number | null;
  author?: string | undefined;
  /** A button of it that was pressed. */
  pressed?: string | undefined;
}

/** The messages of a reply, each within Teams' limit; the last one has the buttons. */
export function messagesOf(reply: Reply): Outgoing[] {
  const pieces = piecesOf(reply, reply.shown.text, MOST_TEXT);
  return pieces.map((text, index) =>
    messageOf(reply, text, index === 0, index + 1 === pieces.length),
  );
}

/** The card with the reply's buttons, and what a notification shows of it; null when it has none. */
export function cardWithButtons(reply: Reply): { card: Card; message: Outgoing } | null {
  const message = messagesOf(reply).at(-1);
  const card = message?.attachments?.[0]?.content as Card | undefined;
  return message && card && reply.shown.choices.length > 0 ? { card, message } : null;
}

/** Many short lines weigh more than a text of the same length: then its pieces are shorter. */
function piecesOf(reply: Reply, text: string, most: number): string[] {
  const pieces = splitText(text, most);
  return pieces.flatMap((piece) =>
    piece.length < 2 || weightOf(messageOf(reply, piece, true, true)) <= MOST_BYTES
      ? [piece]
      : piecesOf(reply, piece, Math.ceil(piece.length / 2)),
  );
}

/** Bytes in UTF-16. */
export function weightOf(message: Outgoing): number {
  return JSON.stringify(message).length * 2;
}

/** Plain words go as a plain text, which can be copied and quoted; everything else as a card. */
function messageOf(reply: Reply, text: string, first: boolean, last: boolean): Outgoing {
  const { shown, language, line } = reply;
  const author = first ? reply.author : undefined;
  const choices = last ? shown.choices : [];
  const step = last ? shown.step : undefined;
  if (choices.length === 0 && !step && author === undefined && !/^• /m.test(text)) {
    return { type: 'message', text, textFormat: 'plain' };
  }
  const view: CardView = {
    shown: { text, choices, ...(step ? { step } : {}) },
    language,
    line,
    author,
    pressed: reply.pressed,
  };
  return cardMessage(cardOf(view), text);
}
