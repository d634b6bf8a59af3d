import type { Card, CardAction, Outgoing } from './rules.ts';

/** A message as the person's app shows it now. */
export interface Shown {
  id: string;
  by: 'bot' | 'person';
  text: string;
  card: Card | null;
  /** Pictures within it. */
  pictures: number;
  /** How often it was changed. */
  edits: number;
}

/** A personal chat with the bot, or a group that it is in. */
export class Chat {
  readonly id: string;
  readonly type: 'personal' | 'groupChat';
  readonly messages: Shown[] = [];
  /** When messages of the bot came, for the rates. */
  readonly times: number[] = [];
  typing = 0;
  /** The person blocked the bot, or took it out. */
  blocked = false;

  constructor(id: string, type: Chat['type']) {
    this.id = id;
    this.type = type;
  }
}

export function shownOf(id: string, { text, attachments = [] }: Outgoing): Shown {
  const cards = attachments.flatMap((one) => ('content' in one ? [one.content] : []));
  const pictures = attachments.filter((one) => 'contentUrl' in one).length;
  const [card = null] = cards;
  return { id, by: 'bot', text: text ?? (card ? textOfCard(card) : ''), card, pictures, edits: 0 };
}

/** Everything that a card says, line by line, its buttons aside. */
export function textOfCard({ body }: Card): string {
  const rich = (block: { inlines: { text: string }[] }) =>
    block.inlines.map(({ text }) => text).join('');
  return body
    .flatMap((element) => {
      if (element.type === 'RichTextBlock') return [rich(element)];
      if (element.type === 'TextBlock') return [element.text];
      return element.type === 'Container' ? element.items.map(rich) : [];
    })
    .join('\n');
}

export function actionsOf({ card }: Shown): CardAction[] {
  return card?.body.flatMap((one) => (one.type === 'ActionSet' ? one.actions : [])) ?? [];
}
