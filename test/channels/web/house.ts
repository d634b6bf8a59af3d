import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type {
  RequestLimits,
  WebChannelOptions,
  WebPushOptions,
} from '../../../src/channels/web/options.ts';
import { createWebChannel } from '../../../src/channels/web/web-channel.ts';
import type { Event, Language } from '../../../src/dialogue/event.ts';
import { Hints } from '../../../src/engine/hints.ts';
import type { Tidied } from '../../../src/evidence/contract.ts';
import { createServer } from '../../../src/server/server.ts';
import type {
  CaseRow,
  CaseStep,
  ConversationRow,
  PushSubscriptionRow,
  Routes,
  TranscriptLine,
} from '../../../src/store/contract.ts';
import { draft } from '../../store/turns.ts';
import { VAPID } from './push-service.ts';

/** What a test may set differently. */
export interface Setting {
  publicUrl?: string | null;
  tidy?: (bytes: Uint8Array) => Promise<Tidied>;
  accept?: (event: Event) => Promise<{ outcome: 'done' | 'duplicate' }>;
  limits?: { messages?: RequestLimits; uploads?: RequestLimits };
  heartbeat?: number;
  push?: Partial<WebPushOptions>;
  linkCodes?: WebChannelOptions['linkCodes'];
  logLevel?: string;
}

/**
 * The web channel behind the real server, with a store in memory. `opened` begins a conversation
 * and nothing else writes lines, so that each test says what is in the transcript.
 */
export class House {
  readonly events: Event[] = [];
  readonly blobs = new Map<string, { bytes: Uint8Array; mime: string; conversationId?: string }>();
  readonly logged: string[] = [];
  readonly lines: TranscriptLine[] = [];
  readonly cases: CaseRow[] = [];
  readonly steps = new Map<string, CaseStep[]>();
  /** Browsers that take notifications, each with its conversation, oldest first. */
  readonly browsers: { conversationId: string; subscription: PushSubscriptionRow }[] = [];
  readonly hints = new Hints({ tellHint: async () => undefined });
  /** Conversations that share the account. */
  others: Routes['others'] = [];
  readonly #conversations = new Map<string, ConversationRow>();
  readonly #listeners = new Set<(conversationId: string) => void>();
  #ids = 0;
  app!: FastifyInstance;
  channel!: ReturnType<typeof createWebChannel>['channel'];

  static async build(setting: Setting = {}): Promise<House> {
    const house = new House();
    const { channel, routes } = createWebChannel({
      store: {
        conversationByChat: async (_channel, chatId) => house.#conversations.get(chatId) ?? null,
        transcript: async (conversationId, after, limit) =>
          house.lines
            .filter((line) => line.conversationId === conversationId && line.id > after)
            .slice(0, limit)
            .map((line) => ({ ...line })),
        putBlob: async (bytes, mime) => {
          const blobId = randomUUID();
          house.blobs.set(blobId, { bytes, mime });
          return blobId;
        },
        getBlob: async (blobId) => house.blobs.get(blobId) ?? null,
        blobBelongsTo: async (blobId, conversationId) =>
          house.blobs.get(blobId)?.conversationId === conversationId,
        caseById: async (caseId) => house.cases.find((row) => row.caseId === caseId) ?? null,
        caseSteps: async (caseId) => house.steps.get(caseId) ?? [],
        savePushSubscription: async (conversationId, subscription) => {
          house.#forget(subscription.endpoint);
          house.browsers.push({ conversationId, subscription });
        },
        pushSubscriptions: async (conversationId) =>
          house.browsers
            .filter((browser) => browser.conversationId === conversationId)
            .map(({ subscription }) => subscription),
        dropPushSubscription: async (endpoint) => house.#forget(endpoint),
        routesOf: async () => ({ unreachable: null, others: house.others }),
      },
      linkCodes: setting.linkCodes ?? { channels: () => [], issue: async () => null },
      intake: { accept: setting.accept ?? ((event) => house.#accept(event)) },
      live: {
        subscribe: (listener) => {
          house.#listeners.add(listener);
          return () => house.#listeners.delete(listener);
        },
      },
      hints: house.hints,
      photos: {
        tidy: setting.tidy ?? (async () => ({ bytes: Buffer.from('tidied'), mime: 'image/jpeg' })),
      },
      push: { keys: VAPID, ...setting.push },
      publicUrl: setting.publicUrl ?? null,
      now: () => 1_795_000_000_000,
      ...(setting.limits === undefined ? {} : { limits: setting.limits }),
      ...(setting.heartbeat === undefined ? {} : { heartbeat: setting.heartbeat }),
    });
    const log = pino(
      { level: setting.logLevel ?? 'trace' },
      { write: (text: string) => void house.logged.push(text) },
    );
    house.channel = channel;
    house.app = await createServer({
      config: { publicUrl: setting.publicUrl ?? null },
      log,
      ready: () => true,
      routes: [routes],
    });
    onTestFinished(async () => {
      const closed = house.app.close();
      // fetch connects ahead of a next request, and such a connection counts as busy.
      house.app.server.closeAllConnections();
      await closed;
    });
    return house;
  }

  /** How many streams are listening. */
  get listening(): number {
    return this.#listeners.size;
  }

  conversationOf(chatId: string): ConversationRow | undefined {
    return this.#conversations.get(chatId);
  }

  /** Begins a chat and gives its cookie. */
  async visit(): Promise<{ cookie: string; chatId: string; conversationId: string }> {
    const answer = await this.app.inject({ method: 'POST', url: '/api/chat/session', payload: {} });
    const [set] = answer.cookies;
    const opened = this.events.findLast((event) => event.type === 'opened');
    const chatId = opened?.chatId ?? '';
    const conversationId = this.#conversations.get(chatId)?.conversationId ?? '';
    return { cookie: `chat=${set?.value}`, chatId, conversationId };
  }

  /** Writes a line, as a committed turn does, and tells about it. */
  say(conversationId: string, text: string, more: Partial<TranscriptLine> = {}): TranscriptLine {
    const line: TranscriptLine = {
      id: ++this.#ids,
      conversationId,
      at: 1_795_000_000_000,
      author: 'bot',
      agentName: null,
      language: 'vi',
      shown: { text, choices: [], pictures: [] },
      reply: null,
      blobIds: [],
      secretRef: null,
      delivery: 'sent',
      toldIn: null,
      ...more,
    };
    this.lines.push(line);
    this.tell(conversationId);
    return line;
  }

  tell(conversationId: string): void {
    for (const listener of this.#listeners) listener(conversationId);
  }

  #forget(endpoint: string): void {
    const place = this.browsers.findIndex(({ subscription }) => subscription.endpoint === endpoint);
    if (place >= 0) this.browsers.splice(place, 1);
  }

  async #accept(event: Event): Promise<{ outcome: 'done' | 'duplicate' }> {
    if (this.events.some((known) => known.eventId === event.eventId)) {
      return { outcome: 'duplicate' };
    }
    this.events.push(event);
    if (event.type === 'opened') this.#begin(event.chatId, event.language ?? 'vi');
    if (event.type !== 'photos') return { outcome: 'done' };
    const conversationId = this.#conversations.get(event.chatId)?.conversationId ?? '';
    for (const blobId of event.blobIds) {
      const blob = this.blobs.get(blobId);
      if (blob !== undefined) this.blobs.set(blobId, { ...blob, conversationId });
    }
    return { outcome: 'done' };
  }

  #begin(chatId: string, language: Language): void {
    this.#conversations.set(chatId, {
      conversationId: `conversation-${this.#conversations.size + 1}`,
      channel: 'web',
      chatId,
      accountId: `account-${chatId}`,
      accountName: null,
      accountVerified: false,
      language,
      owner: { who: 'bot', agentId: null, agentName: null, epoch: 0 },
      updatedAt: 0,
      lastText: null,
    });
  }
}

/** A case of a chat of the house, as it was submitted. */
export function caseRow(chatId: string, more: Partial<CaseRow> = {}): CaseRow {
  return {
    caseId: 'case-1',
    number: 'UB-000001',
    conversationId: 'conversation-1',
    accountId: `account-${chatId}`,
    language: 'vi',
    channel: 'web',
    chatId,
    formId: 'f1',
    serial: 'D12345678',
    status: 'submitted',
    reason: null,
    note: null,
    decidedBy: null,
    revision: 1,
    submittedAt: 1_795_000_000_000,
    updatedAt: 1_795_000_000_000,
    answerBy: 1_795_000_600_000,
    draft: draft('case-1', 'D12345678'),
    ...more,
  };
}

export interface Part {
  name: string;
  value: string | Uint8Array;
  filename?: string;
  type?: string;
}

/** A multipart body as browsers write it. */
export function multipart(parts: Part[]): { payload: Buffer; headers: Record<string, string> } {
  const boundary = 'boundary-of-the-parts';
  const chunks = parts.flatMap(({ name, value, filename, type }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"` +
        (filename === undefined ? '' : `; filename="${filename}"`) +
        (type === undefined ? '' : `\r\ncontent-type: ${type}`) +
        '\r\n\r\n',
    ),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);
  return {
    payload: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
