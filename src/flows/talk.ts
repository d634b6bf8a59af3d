import type { Channel } from '../channels/contract.ts';
import type { Rendered } from '../words/words.ts';

type Choice = Rendered['choices'][number];

/** Where the lines of the conversation go, and come from. */
export interface Terminal {
  lines: AsyncIterable<string>;
  write(line: string): void;
}

/** What a line of the terminal can do to the conversation; each resolves when it is committed. */
export interface TalkActs {
  say(text: string): Promise<void>;
  press(token: string): Promise<void>;
  photos(paths: string[]): Promise<void>;
  file(path: string): Promise<void>;
  /** The desk's side: `approve`, `refuse serialMismatch`, `say …`. Answers with a sentence, or null. */
  agent(words: string): Promise<string | null>;
  /** Resolves when every photo is read, every case sent and every reply shown. */
  settled(): Promise<void>;
}

export const TALK_HELP = `  photo <path>[, <path>]   sends photos
  file <path>              sends a file
  press <label>            presses a button that was shown before
  agent approve | review | refuse <reason> [note] | ask <question> | take | say <text> | back
  /quit                    ends; everything else is said to the bot`;

/** The screen: prints what the bot says, and knows the buttons that are on it. */
export class Screen {
  readonly #write: Terminal['write'];
  /** Buttons of the newest message, in order. */
  #newest: readonly Choice[] = [];
  /** Every button that was shown, newest first. */
  #all: Choice[] = [];

  constructor(write: Terminal['write']) {
    this.#write = write;
  }

  /** The screen as the engine knows it. */
  get channel(): Channel {
    return {
      name: 'web',
      deliver: async ({ effect }, shown) => {
        const agent = effect.kind === 'send' ? effect.agent?.name : undefined;
        this.show(shown, agent ?? 'bot');
        return { as: 'sent' };
      },
      start: async () => {},
      stop: async () => {},
    };
  }

  show({ text, choices, pictures, step }: Rendered, author: string): void {
    const where = step ? ` [${step.at}/${step.of}]` : '';
    this.#write(`${author}${where}: ${text}`);
    for (const { name, alt } of pictures) this.#write(`    (${name}) ${alt}`);
    choices.forEach(({ label }, index) => {
      this.#write(`    ${index + 1}. ${label}`);
    });
    this.#newest = choices;
    this.#all = [...choices, ...this.#all];
  }

  /** The button that a line means: the number of one in the newest message. */
  numbered(line: string): Choice | undefined {
    return /^\d{1,2}$/.test(line) ? this.#newest[Number(line) - 1] : undefined;
  }

  labelled(label: string): Choice | undefined {
    return this.#all.find((choice) => choice.label === label.normalize('NFC'));
  }
}

async function perform(line: string, screen: Screen, acts: TalkActs): Promise<string | null> {
  const [, command = '', rest = ''] = /^(photo|file|press|agent)\s+(.+)$/s.exec(line) ?? [];
  const button = command === 'press' ? screen.labelled(rest) : screen.numbered(line);
  if (command === 'press' && !button) return `No button says "${rest}".`;
  if (button) await acts.press(button.token);
  else if (command === 'photo') await acts.photos(rest.split(',').map((path) => path.trim()));
  else if (command === 'file') await acts.file(rest.trim());
  else if (command === 'agent') return acts.agent(rest.trim());
  else await acts.say(line);
  return null;
}

/**
 * Holds the conversation, line by line: a line is taken when all that the one before it set off has
 * been shown. What cannot be done is said, and the conversation goes on.
 */
export async function talk(terminal: Terminal, screen: Screen, acts: TalkActs): Promise<void> {
  for await (const typed of terminal.lines) {
    const line = typed.trim();
    if (line === '/quit') return;
    try {
      const said = await perform(line, screen, acts);
      if (said) terminal.write(`    ${said}`);
    } catch (error) {
      terminal.write(`    ${error instanceof Error ? error.message : String(error)}`);
    }
    await acts.settled();
  }
}
