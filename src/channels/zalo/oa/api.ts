import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { NoAnswerError, OaError } from './errors.ts';
import { ask } from './http.ts';
import type { Clock, OaOptions, Pauses } from './options.ts';
import { Rate } from './rate.ts';
import type { TokenKeeper } from './tokens/token-keeper.ts';

const API = 'https://openapi.zalo.me';
const ZBS = 'https://business.openapi.zalo.me';

const EnvelopeSchema = z.object({ error: z.number().int(), data: z.unknown().optional() });
const UploadSchema = z.object({ attachment_id: z.string().min(1).max(500) });
const UploadedFileSchema = z.object({ token: z.string().min(1).max(2000) });
const ProfileSchema = z.object({ display_name: z.string().optional().catch(undefined) });
const QuotaSchema = z.object({ last_interaction: z.string().regex(/^\d{1,16}$/) });

/** Values of a template's parameters, by name. */
export type TemplateData = Readonly<Record<string, string>>;

interface Call {
  name: string;
  table: 'oa' | 'zbs';
  path: string;
  /** Null for what is only read. */
  body: (() => string | FormData) | null;
}

/** Zalo's API for one Official Account. Refusals, which arrive as HTTP 200, are thrown. */
export class OaApi {
  readonly #options: OaOptions;
  readonly #tokens: Pick<TokenKeeper, 'access' | 'renew'>;
  readonly #pauses: Pauses;
  readonly #now: Clock;
  readonly #rate = new Rate();

  constructor(
    options: OaOptions,
    tokens: Pick<TokenKeeper, 'access' | 'renew'>,
    pauses: Pauses,
    now: Clock,
  ) {
    this.#options = options;
    this.#tokens = tokens;
    this.#pauses = pauses;
    this.#now = now;
  }

  /** A message within the window. */
  async send(userId: string, message: Record<string, unknown>): Promise<void> {
    await this.#call(
      json('a message', 'oa', '/v3.0/oa/message/cs', {
        recipient: { user_id: userId },
        message,
      }),
    );
  }

  /** A billed template, by the person's id. */
  async sendTemplate(userId: string, templateId: string, data: TemplateData): Promise<void> {
    const body = { user_id: userId, template_id: templateId, template_data: data };
    await this.#call(json('a template', 'oa', '/v3.0/oa/message/template', body));
  }

  /** A billed template, by phone (`84…`). `trackingId` is told again in its receipt. */
  async sendTemplateByPhone(
    phone: string,
    templateId: string,
    data: TemplateData,
    trackingId: string,
  ): Promise<void> {
    const body = { phone, template_id: templateId, template_data: data, tracking_id: trackingId };
    await this.#call(json('a template by phone', 'zbs', '/message/template', body));
  }

  /** When the person last did something with the account, by Zalo's own book; epoch ms. */
  async lastInteraction(userId: string): Promise<number> {
    const data = await this.#call(
      json('a quota', 'oa', '/v3.0/oa/quota/message', { user_id: userId }),
    );
    return Number(QuotaSchema.parse(data).last_interaction);
  }

  /** What the person calls themselves; undefined where their profile does not say. */
  async displayName(userId: string): Promise<string | undefined> {
    const data = encodeURIComponent(JSON.stringify({ user_id: userId }));
    const path = `/v3.0/oa/user/detail?data=${data}`;
    const profile = await this.#call({ name: 'a profile', table: 'oa', path, body: null });
    return ProfileSchema.parse(profile).display_name;
  }

  /** Uploads a picture (JPEG or PNG, at most 1 MB) and answers its id, which lives seven days. */
  async uploadImage(bytes: Uint8Array, fileName: string, mime: string): Promise<string> {
    const data = await this.#upload('image', bytes, fileName, mime);
    return UploadSchema.parse(data).attachment_id;
  }

  /** Uploads a file (PDF, DOC or DOCX, at most 5 MB) and answers the token by which it is sent. */
  async uploadFile(bytes: Uint8Array, fileName: string, mime: string): Promise<string> {
    const data = await this.#upload('file', bytes, fileName, mime);
    return UploadedFileSchema.parse(data).token;
  }

  #upload(kind: string, bytes: Uint8Array, fileName: string, mime: string): Promise<unknown> {
    const body = () => {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(bytes)], { type: mime }), fileName);
      return form;
    };
    return this.#call({ name: 'an upload', table: 'oa', path: `/v2.0/oa/upload/${kind}`, body });
  }

  /** With a token that turns out to be stale, once more with a new one. */
  async #call(call: Call): Promise<unknown> {
    const token = await unsent(this.#tokens.access());
    try {
      return await this.#post(call, token);
    } catch (error) {
      const stale = call.table === 'oa' ? [-216, -220] : [-124];
      if (!(error instanceof OaError) || !stale.includes(error.code)) throw error;
      return this.#post(call, await unsent(this.#tokens.renew(token)));
    }
  }

  async #post({ name, table, path, body }: Call, token: string): Promise<unknown> {
    const { config } = this.#options;
    const at = this.#rate.take(this.#now());
    if (at !== null) throw new NoAnswerError('enough requests for this minute', false, { at });
    const root = table === 'oa' ? (config.apiRoot ?? API) : (config.zbsApiRoot ?? ZBS);
    const content = body?.() ?? null;
    const headers = {
      access_token: token,
      ...(typeof content === 'string' ? { 'content-type': 'application/json' } : {}),
      ...(config.appSecretProof ? { appsecret_proof: proofOf(token, config.appSecret) } : {}),
    };
    const answer = await ask(root + path, name, { headers, body: content }, this.#pauses.call);
    this.#rate.hear(answer.headers, this.#now());
    const envelope = EnvelopeSchema.safeParse(answer.json);
    if (!envelope.success) throw new NoAnswerError(`Zalo's answer to ${name} has no code`, true);
    const { error, data } = envelope.data;
    if (error === 0) return data;
    throw new OaError(error, name, table);
  }
}

/** A token that could not be had: whatever became of its renewal, the call itself was not begun. */
async function unsent(token: Promise<string>): Promise<string> {
  try {
    return await token;
  } catch (error) {
    if (error instanceof NoAnswerError) throw new NoAnswerError(error.message, false, error);
    throw error;
  }
}

function json(name: string, table: Call['table'], path: string, body: unknown): Call {
  return { name, table, path, body: () => JSON.stringify(body) };
}

function proofOf(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}
