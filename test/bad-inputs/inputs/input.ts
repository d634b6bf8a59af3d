import type { Person, Stage, Written } from '../person.ts';

/** Something that people send and that is not what was asked for. */
export interface BadInput {
  /** What it is, in the language of the document. */
  what: Record<Written, string>;
  /** Where the conversation stands; what the section says when absent. */
  at?: Stage;
  /** What happens before; its answers are not told.  */
  before?: (person: Person) => Promise<unknown>;
  /** Who sends it, where it is not the person who has come so far. */
  by?: (person: Person) => Promise<Person>;
  send: (person: Person) => Promise<void>;
}

export interface Section {
  title: Record<Written, string>;
  at: Stage;
  inputs: readonly BadInput[];
}

/** Shown as typed, between backquotes. */
function typed(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

/** A message that is shown as it is typed, with a word on what it is. */
export function written(text: string, en = '', vi = ''): BadInput {
  const shown = typed(text);
  return {
    what: { en: en ? `${en}: ${shown}` : shown, vi: vi ? `${vi}: ${shown}` : shown },
    send: (person) => person.say(text),
  };
}

/** A message that is only described: it is long, or cannot be seen. */
export function described(en: string, vi: string, text: string): BadInput {
  return { what: { en, vi }, send: (person) => person.say(text) };
}
