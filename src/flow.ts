import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createApply } from './cases/apply.ts';
import { createCaseDecider } from './cases/decide.ts';
import { deskApplications, deskBackend } from './cases/desk-backend.ts';
import { createSubmit } from './cases/submit.ts';
import { createTimeline } from './cases/timeline.ts';
import { type Event, type Language, LanguageSchema, MAX_TEXT } from './dialogue/event.ts';
import { createEngine } from './engine/engine.ts';
import { createFetch } from './engine/fetch.ts';
import { cleanName, contentOf, looksLikePicture } from './engine/file-content.ts';
import { untakenFor } from './engine/picture.ts';
import { createRead } from './engine/read.ts';
import { createPhotoReader } from './evidence/process.ts';
import { type AgentWords, parseAgentWords } from './flows/agent-words.ts';
import { checkAll, SCHEMA_FILE } from './flows/check.ts';
import { drawFlow } from './flows/draw.ts';
import { loadFlows } from './flows/load.ts';
import { flowSchemaText } from './flows/schema.ts';
import { Screen, TALK_HELP, type TalkActs, type Terminal, talk } from './flows/talk.ts';
import { createLog } from './log.ts';
import { createErase } from './office/erase.ts';
import { openOfficeBook } from './office/office-book.ts';
import { createPair } from './pairing/pair.ts';
import { createShare } from './share/share.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import { createWords } from './words/words.ts';

const HOME = resolve(import.meta.dirname, '..');
const FLOWS = join(HOME, 'flows');
const CHAT = 'terminal';
const AGENT = { agentId: 'terminal', name: 'Terminal' };

const USAGE = `npm run flow -- <command>

  check                    holds the flows, their schema and the texts of both languages together
  draw [flow]              prints each flow as a Mermaid flowchart
  schema                   writes flows/${SCHEMA_FILE} from the code
  talk [--language vi|en]  holds the conversation in this terminal:
${TALK_HELP.replace(/^/gm, '  ')}`;

/** A call that cannot be carried out, in words for whoever typed it. */
class UsageError extends Error {
  readonly code = 'usage';
}

function check(): number {
  const findings = checkAll(HOME);
  for (const finding of findings) console.log(finding);
  console.log(
    findings.length === 0
      ? 'OK: the flows hold together, and every text is there in both languages.'
      : `${findings.length} finding${findings.length === 1 ? '' : 's'}.`,
  );
  return findings.length === 0 ? 0 : 1;
}

function draw(name: string | undefined): number {
  const flows = loadFlows(FLOWS);
  const wanted = name === undefined ? [...flows.values()] : [flows.get(name)];
  for (const flow of wanted) {
    if (!flow)
      throw new UsageError(
        `There is no flow "${name}". There is: ${[...flows.keys()].join(', ')}.`,
      );
    console.log(drawFlow(flow));
  }
  return 0;
}

async function schema(): Promise<number> {
  await writeFile(join(FLOWS, SCHEMA_FILE), flowSchemaText());
  console.log(`Wrote flows/${SCHEMA_FILE}.`);
  return 0;
}

/** The whole assistant with a store of its own, which is gone afterwards. */
async function openHouse(folder: string, screen: Screen) {
  const log = createLog({ level: 'error' }, process.stderr);
  const now = Date.now;
  const channels = new Map([['web' as const, screen.channel]]);
  const store = await openSqliteStore({ path: join(folder, 'talk.db'), key: randomBytes(32) });
  const office = await openOfficeBook(folder, log);
  const reader = createPhotoReader({ log });
  const engine = await createEngine({
    store,
    words: createWords(join(HOME, 'locales')),
    flows: loadFlows(FLOWS),
    office,
    channels,
    performers: {
      fetch: createFetch({ store, channels, photos: reader, now }),
      read: createRead({ store, reader, now }),
      submit: createSubmit({ store, backend: deskBackend, office, now }),
      apply: createApply({ store, backend: deskApplications, now }),
      share: createShare({ links: null, now }),
      timeline: createTimeline({ store, now }),
      pair: createPair({ store, page: () => null, now }),
      erase: createErase({ store, now }),
    },
    log,
  });
  await engine.start();
  const close = async () => {
    await engine.stop();
    await Promise.all([reader.close(), office.close()]);
    await store.close();
  };
  return { store, reader, engine, close };
}
type House = Awaited<ReturnType<typeof openHouse>>;

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new UsageError(`${path} cannot be read; check the path.`, { cause });
  }
}

/** Events of this terminal's one chat. */
function createTeller({ engine }: House) {
  let count = 0;
  return async (event: { type: Event['type'] } & Record<string, unknown>): Promise<void> => {
    count += 1;
    const base = { eventId: `line:${count}`, at: Date.now(), channel: 'web', chatId: CHAT };
    await engine.accept({ ...base, ...event } as Event);
  };
}
type Tell = ReturnType<typeof createTeller>;

async function sendPhotos({ store, reader }: House, tell: Tell, paths: string[]): Promise<void> {
  const blobIds: string[] = [];
  for (const path of paths) {
    const tidied = await reader.tidy(await bytesOf(path));
    if ('failed' in tidied) throw new UsageError(`The photo reader could not take ${path}.`);
    if ('refused' in tidied) {
      await tell({ type: 'unsupported', what: untakenFor(tidied.refused) });
    } else blobIds.push(await store.putBlob(tidied.bytes, tidied.mime));
  }
  if (blobIds.length > 0) await tell({ type: 'photos', blobIds });
}

async function sendFile(house: House, tell: Tell, path: string): Promise<void> {
  const bytes = await bytesOf(path);
  if (looksLikePicture(bytes)) await sendPhotos(house, tell, [path]);
  else await tell({ type: 'file', name: cleanName(basename(path)), content: contentOf(bytes) });
}

/** Decides on the newest open case of the chat, or acts in the conversation. */
async function actAsAgent(
  { store, engine }: House,
  tell: Tell,
  words: Exclude<AgentWords, { kind: 'unknown' }>,
): Promise<string | null> {
  if (words.kind === 'act') {
    const { act, text } = words;
    const agent = { agentId: AGENT.agentId, agentName: AGENT.name };
    await tell({ type: 'agentActed', act, ...agent, ...(text ? { text } : {}) });
    return null;
  }
  const open = await store.casesForDesk({ open: true, limit: 100 });
  const newest = open.toSorted((a, b) => b.submittedAt - a.submittedAt)[0];
  if (!newest) return 'There is no open case to decide on.';
  const decide = createCaseDecider({ store, accept: engine.accept, now: Date.now });
  const { caseId, revision } = newest;
  await decide({ caseId, revision, decision: words.decision, agent: AGENT });
  return null;
}

function createActs(house: House, tell: Tell): TalkActs {
  const { store } = house;
  return {
    say: (text) =>
      tell({
        type: 'text',
        text: text.slice(0, MAX_TEXT),
        ...(text.length > MAX_TEXT ? { cut: true } : {}),
      }),
    press: (token) => tell({ type: 'choice', token }),
    photos: (paths) => sendPhotos(house, tell, paths),
    file: (path) => sendFile(house, tell, path),
    agent: async (line) => {
      const words = parseAgentWords(line);
      return words.kind === 'unknown' ? words.why : actAsAgent(house, tell, words);
    },
    settled: async () => {
      while ((await store.dueEffects(Date.now(), 1)).length > 0) await wait(20);
    },
  };
}

/** Nothing is read before the first line is asked for, or a script's first lines would be lost. */
async function* linesOf(input: NodeJS.ReadStream): AsyncGenerator<string> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const end = () => lines.close();
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    yield* lines;
  } finally {
    end();
  }
}

async function holdTalk(language: Language): Promise<number> {
  const terminal: Terminal = { lines: linesOf(process.stdin), write: (line) => console.log(line) };
  const screen = new Screen(terminal.write);
  const folder = await mkdtemp(join(tmpdir(), 'talk-'));
  try {
    const house = await openHouse(folder, screen);
    const tell = createTeller(house);
    const acts = createActs(house, tell);
    if (process.stdin.isTTY) console.log(`${TALK_HELP}\n`);
    await tell({ type: 'opened', language });
    await acts.settled();
    await talk(terminal, screen, acts);
    await house.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

async function main(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { language: { type: 'string', default: 'vi' } },
  });
  const [command, name] = positionals;
  if (command === 'check') return check();
  if (command === 'draw') return draw(name);
  if (command === 'schema') return schema();
  if (command !== 'talk') throw new UsageError(USAGE);
  const language = LanguageSchema.safeParse(values.language);
  if (!language.success) throw new UsageError('--language must be vi or en.');
  return holdTalk(language.data);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const forPeople = error instanceof Error && 'code' in error;
  console.error(forPeople ? error.message : error);
  process.exitCode = 1;
}
