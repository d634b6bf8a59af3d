import { parseArgs } from 'node:util';
import { SADP_PORT } from './sockets.ts';
import { type Say, sayIn, systemLanguage } from './texts.ts';

export interface Arguments {
  language: 'vi' | 'en';
  /** Where the assistant is, without a trailing slash; null = nowhere: texts are for pasting. */
  server: string | null;
  /** The pairing code as it was typed, or null. */
  code: string | null;
  seconds: number;
  /** Addresses of the interfaces to scan; empty = all. */
  interfaces: string[];
  port: number;
  json: boolean;
  /** A file for the text that would be pasted, or null. */
  save: string | null;
  help: boolean;
  version: boolean;
}

/** A call that cannot be carried out, in words for whoever typed it. */
export class UsageError extends Error {
  readonly code = 'usage';
}

const OPTIONS = {
  lang: { type: 'string' },
  server: { type: 'string' },
  code: { type: 'string' },
  seconds: { type: 'string', default: '8' },
  interface: { type: 'string', multiple: true, default: [] as string[] },
  port: { type: 'string', default: String(SADP_PORT) },
  json: { type: 'boolean', default: false },
  save: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/**
 * @param preset the server that handed the program out, or an empty text
 * @throws UsageError in the language that was asked for, as far as that can be told
 */
export function readArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  preset: string,
): Arguments {
  const wanted = /--lang[= ](vi|en)\b/.exec(args.join(' '))?.[1];
  const language = wanted === 'vi' || wanted === 'en' ? wanted : systemLanguage(env);
  const say = sayIn(language);
  const values = parse(args, say);
  if (values.lang !== undefined && values.lang !== 'vi' && values.lang !== 'en') {
    throw new UsageError(say('usage.lang'));
  }
  return {
    language,
    server: serverOf(values.server ?? preset, say),
    code: values.code ?? null,
    seconds: numberIn(values.seconds, 1, 120, () => say('usage.seconds')),
    interfaces: values.interface,
    port: numberIn(values.port, 1, 65_535, () => say('usage.port')),
    json: values.json,
    save: values.save ?? null,
    help: values.help,
    version: values.version,
  };
}

function parse(args: readonly string[], say: Say) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (cause) {
    const unknown = args.find((arg) => arg.startsWith('-') && !isKnown(arg)) ?? args.at(-1) ?? '';
    throw new UsageError(say('usage.unknown', { option: unknown }), { cause });
  }
}

function isKnown(arg: string): boolean {
  const name = arg.replace(/^--?/, '').split('=')[0] ?? '';
  return name === 'h' || name in OPTIONS;
}

function serverOf(text: string, say: Say): string | null {
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw new UsageError(say('usage.server'));
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function numberIn(text: string, least: number, most: number, why: () => string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most) throw new UsageError(why());
  return number;
}
