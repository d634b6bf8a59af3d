import type { Language } from '../../../dialogue/event.ts';
import type { Rendered } from '../../../words/words.ts';
import { splitText } from '../../split-text.ts';
import { zaloBotTexts } from './texts.ts';

/** Zalo takes 1 to 2,000 characters, composed (NFC): decomposed Vietnamese is a quarter longer. */
const MOST_TEXT = 2_000;
const MOST_CAPTION = 1_000;

/** What a reply says beside its own text. */
export interface Beside {
  language: Language;
  /** Who writes, when it is an agent. */
  agentName: string | null;
  /** Tokens that a typed number picks; see `Store.offeredChoices`. */
  offered: readonly string[];
  /** By which a file can be sent. */
  upload: { link: string; minutes: number } | null;
}

/**
 * The messages of a reply. There are no buttons: choices that a number picks are numbered, the others
 * are named, for their words do the same.
 */
export function textsOf(shown: Rendered, beside: Beside): string[] {
  const { language: lng, agentName, upload } = beside;
  const parts = [
    agentName === null ? shown.text : `${agentName}:\n${shown.text}`,
    choicesOf(shown, beside),
    upload && zaloBotTexts.t('upload', { lng, ...upload }),
    shown.step && zaloBotTexts.t('step', { lng, ...shown.step }),
  ];
  return splitText(parts.filter(Boolean).join('\n\n').normalize('NFC'), MOST_TEXT);
}

export function captionOf(alt: string): string {
  return splitText(alt.normalize('NFC'), MOST_CAPTION)[0] ?? '';
}

function choicesOf({ choices }: Rendered, { language: lng, offered }: Beside): string {
  const numbered = choices.flatMap(({ token, label }) => {
    const at = offered.indexOf(token);
    return at < 0 ? [] : [`${at + 1}. ${label}`];
  });
  const named = choices.filter(({ token }) => !offered.includes(token));
  const labels = named.map(({ label }) => `“${label}”`).join(', ');
  return [
    ...numbered,
    ...(numbered.length > 0 ? [zaloBotTexts.t('pick', { lng })] : []),
    ...(named.length > 0 ? [zaloBotTexts.t('words', { lng, labels })] : []),
  ].join('\n');
}
