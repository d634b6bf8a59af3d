import type { Language } from '../../dialogue/event.ts';
import { isLasting } from '../../dialogue/token.ts';
import type { Rendered } from '../../words/words.ts';
import type { Outgoing } from './connection.ts';
import { teamsTexts } from './texts.ts';

type Element = { type: string } & Record<string, unknown>;

/** An Adaptive Card. 1.5 has Execute, and buttons that are shown but cannot be pressed. */
export interface Card {
  type: 'AdaptiveCard';
  $schema: string;
  version: '1.5';
  body: Element[];
}

/** Teams shows six actions of a set; more would hide behind a menu. */
const MOST_IN_A_SET = 6;
const STYLES = { primary: 'positive', danger: 'destructive' } as const;

/** A reply, and what has to be known to show it once more when one of its buttons was pressed. */
export interface CardView {
  shown: Pick<Rendered, 'text' | 'choices' | 'step'>;
  language: Language;
  /** The transcript's line that it shows. */
  line: number | null;
  /** Who wrote it, when an agent did. */
  author?: string | undefined;
  /** The button that was pressed: it and all that can be pressed once are spent. */
  pressed?: string | undefined;
}

export function card(body: Element[]): Card {
  const $schema = 'http://adaptivecards.io/schemas/adaptive-card.json';
  return { type: 'AdaptiveCard', $schema, version: '1.5', body };
}

/** A reply as a card: its text, its buttons, and where the form stands. */
export function cardOf(view: CardView): Card {
  const { shown, author, language } = view;
  return card([
    ...(author === undefined ? [] : [line([{ text: author, weight: 'Bolder' }])]),
    ...linesOf(shown.text),
    ...buttonsOf(view),
    ...(shown.step ? [stepOf(shown.step, language)] : []),
  ]);
}

/**
 * Each line by itself, as rich text: its runs are shown as they are, where a TextBlock would take a
 * serial's or a person's signs for Markdown. A labelled line ("• Serial: D12345678") has a bold label.
 */
export function linesOf(text: string): Element[] {
  const elements: Element[] = [];
  let apart = false;
  for (const said of text.split('\n')) {
    if (said.trim() === '') {
      apart = elements.length > 0;
      continue;
    }
    const labelled = /^• (?<label>[^:\n]{1,60}): (?<value>.+)$/u.exec(said)?.groups;
    const runs = labelled
      ? [{ text: `• ${labelled.label}: `, weight: 'Bolder' }, { text: labelled.value ?? '' }]
      : [{ text: said }];
    elements.push(line(runs, apart ? 'Medium' : 'Small'));
    apart = false;
  }
  return elements;
}

export function line(runs: { text: string; weight?: string }[], spacing = 'Small'): Element {
  const inlines = runs.map((run) => ({ type: 'TextRun', ...run }));
  return { type: 'RichTextBlock', spacing, inlines };
}

/**
 * Buttons carry the conversation's own token and the line that they belong to. Clients that know no
 * Execute fall back to Submit, which carries the same.
 */
function buttonsOf({ shown, line: lineId, pressed }: CardView): Element[] {
  const actions = shown.choices.map(({ token, label, style }) => {
    const data = { token, line: lineId };
    const spent = pressed !== undefined && !isLasting(token);
    const common = {
      title: pressed === token && spent ? `✓ ${label}` : label,
      data,
      ...(style ? { style: STYLES[style] } : {}),
      ...(spent ? { isEnabled: false } : {}),
    };
    const fallback = { type: 'Action.Submit', ...common };
    return { type: 'Action.Execute', verb: 'choose', ...common, fallback };
  });
  const sets: Element[] = [];
  for (let from = 0; from < actions.length; from += MOST_IN_A_SET) {
    sets.push({ type: 'ActionSet', actions: actions.slice(from, from + MOST_IN_A_SET) });
  }
  return sets;
}

function stepOf(step: { at: number; of: number }, language: Language): Element {
  const text = teamsTexts.t('step', { lng: language, ...step });
  return { type: 'TextBlock', text, isSubtle: true, size: 'Small', spacing: 'Medium' };
}

/** A card as a message. `summary` is what a notification shows of it. */
export function cardMessage(content: Card, summary: string): Outgoing {
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return {
    type: 'message',
    summary: summary.slice(0, 200),
    attachments: [{ contentType, content }],
  };
}
