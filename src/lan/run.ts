import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { type LanScan, MOST_DEVICES } from '../domain/lan-scan.ts';
import { writeScan } from '../domain/lan-text.ts';
import { type Arguments, readArguments, UsageError } from './arguments.ts';
import type { LanInterface } from './interfaces.ts';
import { type Seen, scan } from './scan.ts';
import { type Output, Screen } from './screen.ts';
import { type Sent, sendScan } from './send.ts';
import { drawTable } from './table.ts';
import { type Say, sayIn, systemLanguage } from './texts.ts';
import { VERSION } from './version.ts';

/** Devices of one pasted text: chats cut longer messages at 2,000 characters. */
const PER_MESSAGE = 30;
const MOST_CODES = 3;

/** The person and the machine, as the program meets them. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  output: Output;
  errors: Output;
  /** Asks for a line; null when nobody is there to answer. */
  ask: ((question: string) => Promise<string>) | null;
  /** Ends the scan early. */
  signal: AbortSignal;
  /** The server that handed the program out, or an empty text. */
  preset: string;
  now: () => number;
  /** Which networks the machine is on. */
  interfaces: () => LanInterface[];
}

/** Runs the program and returns its exit code: 0 done, 1 something did not work, 2 a wrong call. */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  let wanted: Arguments;
  try {
    wanted = readArguments(args, around.env, around.preset);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    around.errors.write(`${error.message}\n`);
    return 2;
  }
  const say = sayIn(wanted.language);
  if (wanted.help) around.output.write(`${say('usage.help', { version: VERSION })}\n`);
  else if (wanted.version) around.output.write(`${VERSION}\n`);
  else return await discover(wanted, say, around);
  return 0;
}

async function discover(wanted: Arguments, say: Say, around: Surroundings): Promise<number> {
  // With --json the output is for a program, and what people read goes beside it.
  const screen = new Screen(wanted.json ? around.errors : around.output);
  const addresses = wanted.interfaces.length
    ? wanted.interfaces
    : around.interfaces().map(({ address }) => address);
  if (addresses.length === 0) {
    screen.print(say('scan.noNetwork'));
    return 1;
  }
  screen.print(say('scan.begin', { addresses: addresses.join(', '), seconds: wanted.seconds }));
  const { seconds, port } = wanted;
  const onSeen = (seen: Seen) => screen.draw(drawTable(say, seen));
  const seen = await scan({ addresses, seconds, port, signal: around.signal, onSeen });
  const list = listOf(seen, around.now());
  if (wanted.json) {
    const { troubles, unreadable } = seen;
    around.output.write(`${JSON.stringify({ ...list, unreadable, troubles }, null, 2)}\n`);
  } else report(screen, say, seen);
  const saved = await save(list, wanted.save, say, screen);
  if (seen.devices.length === 0) return troubled(seen, addresses) || !saved ? 1 : 0;
  if (wanted.json && wanted.code === null) return saved ? 0 : 1;
  const person = { say, screen, ask: wanted.json ? null : around.ask };
  return (await handOver(list, wanted, person)) || (saved ? 0 : 1);
}

/** False when the file could not be written, which hinders nothing else. */
async function save(
  list: LanScan,
  file: string | null,
  say: Say,
  screen: Screen,
): Promise<boolean> {
  if (file === null) return true;
  try {
    await writeFile(file, `${writeScan(list, MOST_DEVICES)[0]}\n`);
    screen.print(say('save.done', { file }));
    return true;
  } catch (error) {
    screen.print(say('save.failed', { file, code: codeOf(error) }));
    return false;
  }
}

function listOf(seen: Seen, at: number): LanScan {
  return {
    scanId: randomUUID(),
    at,
    program: VERSION,
    answered: seen.devices.length + seen.unreadable,
    devices: seen.devices.slice(0, MOST_DEVICES),
  };
}

/** No interface could be used at all. */
function troubled(seen: Seen, addresses: readonly string[]): boolean {
  return addresses.every((address) => seen.troubles.some((one) => one.address === address));
}

function report(screen: Screen, say: Say, seen: Seen): void {
  const { devices, unreadable, troubles } = seen;
  if (devices.length > 0) screen.print(...drawTable(say, seen), '');
  screen.print(say(devices.length > 0 ? 'scan.found' : 'scan.none', { count: devices.length }));
  if (unreadable > 0) screen.print(say('scan.unreadable', { count: unreadable }));
  for (const { address, code } of troubles) {
    if (address === null) screen.print(say('scan.deaf', { code }));
    else screen.print(say('scan.interface', { address, code }));
  }
}

interface Person {
  say: Say;
  screen: Screen;
  ask: Surroundings['ask'];
}

/** By the pairing code, or as a text to paste. */
async function handOver(list: LanScan, wanted: Arguments, person: Person): Promise<number> {
  const { say, screen, ask } = person;
  const { server, language } = wanted;
  let code = wanted.code ?? '';
  if (server === null) {
    showText(list, person);
    return code === '' ? 0 : 1;
  }
  for (let tries = 0; tries < MOST_CODES; tries += 1) {
    if (code === '' && ask) code = (await ask(say('code.ask'))).trim();
    if (code === '') {
      showText(list, person);
      return 0;
    }
    const sent: Sent = await sendScan(list, { server, code, language });
    if (sent.as === 'sent') {
      screen.print(say('code.sent', { count: list.devices.length }));
      return 0;
    }
    screen.print(sent.as === 'refused' ? sent.why : say('code.unreachable', { server }));
    if (sent.as === 'unreachable' || !ask) break;
    code = '';
  }
  showText(list, person);
  return 1;
}

function showText(list: LanScan, { say, screen }: Person): void {
  const parts = writeScan(list, PER_MESSAGE);
  screen.print('', say(parts.length > 1 ? 'paste.parts' : 'paste.one', { count: parts.length }));
  for (const part of parts) screen.print('', part);
}

/** Nobody planned for this: a sentence, and no trace of code. */
export function sorry(env: Surroundings['env'], error: unknown): string {
  return sayIn(systemLanguage(env))('scan.failed', { why: codeOf(error) });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
