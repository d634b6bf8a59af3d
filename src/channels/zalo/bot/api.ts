import { z } from 'zod';
import { ApiError, type Refusal } from './api-error.ts';

const ZALO = 'https://bot-api.zaloplatforms.com';

const EnvelopeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.coerce.number().int().catch(0),
    description: z.string().catch(''),
  }),
]);

const SentSchema = z.object({ message_id: z.string() });
const WebhookSchema = z.object({ url: z.string().catch('') });

/** How a call is made. */
interface Patience {
  /** Milliseconds. */
  wait: number;
  signal?: AbortSignal;
}

/**
 * The Bot Platform's methods, those that are used. POST with JSON to `/bot<token>/<method>`; what
 * came of it stands in the body (`ok`), whatever the HTTP status.
 * All throw ApiError, which holds neither the address nor what was to be sent.
 */
export class BotApi {
  /** The number that begins the token. */
  readonly botId: string;
  /** Of the root that the operator named, or null for Zalo's own. */
  readonly namedOrigin: string | null;
  readonly #address: string;
  readonly #wait: number;

  constructor(token: string, apiRoot: string | null, wait: number) {
    this.botId = token.split(':')[0] ?? '';
    this.namedOrigin = apiRoot === null ? null : new URL(apiRoot).origin;
    this.#address = `${apiRoot ?? ZALO}/bot${token}/`;
    this.#wait = wait;
  }

  async sendMessage(chatId: string, text: string): Promise<void> {
    await this.#call('sendMessage', { chat_id: chatId, text }, SentSchema);
  }

  /** @param photo a public address, which Zalo may fetch more than once */
  async sendPhoto(chatId: string, photo: string, caption: string): Promise<void> {
    const fields = { chat_id: chatId, photo, ...(caption ? { caption } : {}) };
    await this.#call('sendPhoto', fields, SentSchema);
  }

  async sendTyping(chatId: string): Promise<void> {
    await this.#call('sendChatAction', { chat_id: chatId, action: 'typing' }, z.unknown());
  }

  async setWebhook(url: string, secret: string): Promise<void> {
    await this.#call('setWebhook', { url, secret_token: secret }, WebhookSchema);
  }

  async deleteWebhook(): Promise<void> {
    await this.#call('deleteWebhook', {}, z.unknown());
  }

  /** The webhook's address; empty when there is none. */
  async webhookUrl(): Promise<string> {
    return (await this.#call('getWebhookInfo', {}, WebhookSchema)).url;
  }

  /**
   * Waits for one update, which Zalo forgets by handing it over.
   * @param hold milliseconds that Zalo may wait for one
   * @returns undefined when nothing came
   */
  async getUpdates(hold: number, signal: AbortSignal): Promise<unknown> {
    // The documentation calls the timeout a string.
    const fields = { timeout: String(Math.round(hold / 1000)) };
    const patience = { wait: hold + this.#wait, signal };
    try {
      const update = await this.#call('getUpdates', fields, z.unknown(), patience);
      // What is documented is 408; an empty answer says the same.
      return Object.keys(update ?? {}).length === 0 ? undefined : update;
    } catch (error) {
      if (error instanceof ApiError && error.refusal?.code === 408) return undefined;
      throw error;
    }
  }

  async #call<T>(
    method: string,
    fields: Record<string, string>,
    schema: z.ZodType<T>,
    { wait, signal }: Patience = { wait: this.#wait },
  ): Promise<T> {
    const timeout = AbortSignal.timeout(wait);
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(this.#address + method, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fields),
        redirect: 'error',
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      });
      body = await response.json().catch((error: unknown) => {
        // No JSON is an answer too: a wrong token gets a page.
        if (error instanceof SyntaxError) return undefined;
        throw error;
      });
    } catch (error) {
      throw ApiError.unanswered(error);
    }
    return read(method, response, body, schema);
  }
}

function read<T>(method: string, response: Response, body: unknown, schema: z.ZodType<T>): T {
  const envelope = EnvelopeSchema.safeParse(body);
  const refuse = (code: number, description: string, json: boolean) => {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    const waitMs = Number.isFinite(seconds) ? seconds * 1000 : null;
    const refusal: Refusal = { method, code, description, json, waitMs };
    return ApiError.refused(refusal);
  };
  if (!envelope.success) throw refuse(response.status, '', false);
  if (!envelope.data.ok) {
    const { error_code: code, description } = envelope.data;
    throw refuse(code || response.status, description, true);
  }
  const result = schema.safeParse(envelope.data.result);
  // It was done, but what was answered is not known: that is for the caller to weigh.
  if (!result.success) throw ApiError.unanswered(new Error('unknown result'));
  return result.data;
}
