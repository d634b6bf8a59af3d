import type { Selectable } from 'kysely';
import type { CaseSummary } from '../dialogue/context.ts';
import type { AgentWords, Application, CaseDraft, OutboxEffect } from '../dialogue/effect.ts';
import type { ChannelName } from '../dialogue/event.ts';
import type { Rendered } from '../words/words.ts';
import type {
  AgentRow,
  CaseRow,
  ConversationRow,
  DeliveryWay,
  DueEffect,
  TranscriptLine,
} from './contract.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

type Row<T extends keyof Schema> = Selectable<Schema[T]>;
type Address = Pick<Row<'conversations'>, 'conversation_id' | 'channel' | 'chat_id'>;

// What these columns hold was written by this store from the same types; what must survive a change
// of its type, the conversation, goes through its schema instead.
function fromJson<T>(text: string): T {
  return JSON.parse(text);
}

export type LineRecord = Row<'lines'> &
  Pick<Row<'conversations'>, 'conversation_id'> & { told_channel: ChannelName | null };

export function lineOf(row: LineRecord): TranscriptLine {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    at: row.at,
    author: row.author,
    agentName: row.agent_name,
    language: row.language,
    shown: fromJson(row.shown),
    reply: row.author === 'bot' && row.reply !== null ? fromJson(row.reply) : null,
    blobIds: row.blob_ids === null ? [] : fromJson(row.blob_ids),
    secretRef: row.secret_ref,
    delivery: row.delivery,
    ...(row.way === null ? {} : { way: fromJson<DeliveryWay>(row.way) }),
    toldIn:
      row.told_in === null || row.told_channel === null
        ? null
        : { conversationId: row.told_in, channel: row.told_channel },
  };
}

export type EffectRecord = Row<'effects'> &
  Address & { shown: string | null; reply: string | null };

export function effectOf(row: EffectRecord): DueEffect {
  return {
    effectId: row.effect_id,
    conversationId: row.conversation_id,
    channel: row.channel,
    chatId: row.chat_id,
    lane: row.lane,
    dueAt: row.due_at,
    expiresAt: row.expires_at,
    attempts: row.attempts,
    repeat: row.repeat,
    attemptedAt: row.attempted_at,
    epoch: row.epoch,
    lineId: row.line_id,
    shown: row.shown === null ? null : fromJson<Rendered>(row.shown),
    effect: outboxEffectOf(row),
  };
}

/** The reply of a send lies in its line. */
function outboxEffectOf(row: EffectRecord): OutboxEffect {
  if (row.kind !== 'send') return fromJson(row.payload ?? 'null');
  return {
    kind: 'send',
    reply: fromJson(row.reply ?? 'null'),
    push: row.push === 1,
    ...(row.payload === null ? {} : { agent: fromJson<AgentWords>(row.payload) }),
  };
}

export type CaseRecord = Row<'cases'> & Address & Pick<Row<'conversations'>, 'language'>;

export function caseOf(row: CaseRecord): CaseRow {
  return {
    caseId: row.case_id,
    number: row.number,
    conversationId: row.conversation_id,
    accountId: row.account_id,
    language: row.language,
    channel: row.channel,
    chatId: row.chat_id,
    formId: row.form_id,
    serial: row.serial,
    status: row.status,
    reason: row.reason,
    note: row.note,
    decidedBy: row.decided_by,
    revision: row.revision,
    submittedAt: row.submitted_at,
    updatedAt: row.updated_at,
    answerBy: row.answer_by,
    draft: fromJson(row.draft),
  };
}

/** A case as turns see it. Most turns look at no draft, so that it is parsed when looked at. */
export function summaryOf(row: Row<'cases'>): CaseSummary {
  let draft: CaseDraft | null = null;
  return {
    caseId: row.case_id,
    number: row.number,
    formId: row.form_id,
    conversationId: row.conversation_id,
    serial: row.serial,
    status: row.status,
    reason: row.reason,
    revision: row.revision,
    submittedAt: row.submitted_at,
    answerBy: row.answer_by,
    get draft() {
      draft ??= fromJson<CaseDraft>(row.draft);
      return draft;
    },
  };
}

export type ConversationRecord = Omit<Row<'conversations'>, 'state' | 'preferred_at'> & {
  verified: number;
  name_id: string | null;
  sealed_name: Uint8Array | null;
  company_id: string | null;
  sealed_company: Uint8Array | null;
};

/** The person by the platform's name for them, or by their company; null where neither is known. */
export function nameOfPerson(
  row: Pick<ConversationRecord, 'name_id' | 'sealed_name' | 'company_id' | 'sealed_company'>,
  vault: Vault,
): string | null {
  if (row.name_id !== null && row.sealed_name !== null) {
    return vault.unseal('personName', row.name_id, row.sealed_name).toString('utf8');
  }
  if (row.company_id === null || row.sealed_company === null) return null;
  const text = vault.unseal('verification', row.company_id, row.sealed_company).toString('utf8');
  return fromJson<Application>(text).company;
}

export function conversationOf(row: ConversationRecord, vault: Vault): ConversationRow {
  return {
    conversationId: row.conversation_id,
    channel: row.channel,
    chatId: row.chat_id,
    accountId: row.account_id,
    accountName: nameOfPerson(row, vault),
    accountVerified: row.verified === 1,
    language: row.language,
    owner: {
      who: row.owner_who,
      agentId: row.owner_agent_id,
      agentName: row.owner_agent_name,
      epoch: row.owner_epoch,
    },
    updatedAt: row.updated_at,
    lastText: row.last_text,
  };
}

export function agentOf(row: Row<'agents'>): AgentRow {
  return {
    agentId: row.agent_id,
    name: row.name,
    login: row.login,
    passwordHash: row.password_hash,
    role: row.role,
  };
}
