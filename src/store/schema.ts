import type { Generated } from 'kysely';
import type { OutboxEffect } from '../dialogue/effect.ts';
import type { ChannelName, Event, Language } from '../dialogue/event.ts';
import type { Owner } from '../dialogue/owner.ts';
import type { CaseStatus, RefusalReason } from '../domain/case.ts';
import type {
  AgentRow,
  DueEffect,
  NoticeRow,
  TranscriptLine,
  VerificationRow,
} from './contract.ts';

/**
 * The tables, the same for every engine: ids are text, times are integers (epoch ms), truth values
 * 0 or 1, structures JSON as text. `sealed` columns hold what the vault sealed.
 */
export interface Schema {
  accounts: { account_id: string; verified: number };
  conversations: {
    id: Generated<number>;
    conversation_id: string;
    channel: ChannelName;
    chat_id: string;
    account_id: string;
    version: number;
    updated_at: number;
    language: Language;
    owner_who: Owner['who'];
    owner_agent_id: string | null;
    owner_agent_name: string | null;
    owner_epoch: number;
    last_text: string | null;
    /** Why the address takes nothing, until something comes from it. */
    unreachable: string | null;
    /** When it was chosen to be told news in; the latest of an account is its preferred one. */
    preferred_at: number | null;
    state: string;
  };
  lines: {
    id: Generated<number>;
    /** `conversations.id`; tables that every turn writes refer by number. */
    conversation: number;
    at: number;
    author: TranscriptLine['author'];
    agent_name: string | null;
    language: Language;
    shown: string;
    reply: string | null;
    blob_ids: string | null;
    secret_ref: string | null;
    delivery: TranscriptLine['delivery'];
    /** JSON of a `DeliveryWay`. */
    way: string | null;
    /** `conversations.conversation_id` of where the news was told instead. */
    told_in: string | null;
  };
  effects: {
    effect_id: Generated<number>;
    conversation: number;
    kind: OutboxEffect['kind'];
    push: number;
    by_agent: number;
    state: 'due' | 'cancelled' | 'dead' | 'ambiguous';
    lane: string | null;
    created_at: number;
    due_at: number;
    expires_at: number | null;
    attempts: number;
    repeat: DueEffect['repeat'];
    attempted_at: number | null;
    epoch: number;
    line_id: number | null;
    /** Of a send what its line does not hold, otherwise the effect. */
    payload: string | null;
    why: string | null;
  };
  timers: { timer_id: Generated<number>; conversation_id: string; name: string; due_at: number };
  cases: {
    /** Rises with each case; the number that people see is made from it. */
    id: number;
    case_id: string;
    number: string;
    conversation_id: string;
    account_id: string;
    form_id: string;
    serial: string;
    status: CaseStatus;
    reason: RefusalReason | null;
    note: string | null;
    decided_by: string | null;
    revision: number;
    submitted_at: number;
    updated_at: number;
    target: number;
    answer_by: number;
    draft: string;
  };
  case_steps: { case_id: string; revision: number; status: CaseStatus; at: number };
  push_subscriptions: {
    /** Base64url SHA-256 of the endpoint. */
    endpoint_hash: string;
    conversation_id: string;
    saved_at: number;
    sealed: Uint8Array;
  };
  pairings: {
    /** Base64url SHA-256 of the code. */
    code_hash: string;
    conversation_id: string;
    form_id: string;
    expires_at: number;
    /** The scan that used it. */
    scan_id: string | null;
  };
  /** Companies' applications for their verification. */
  verifications: {
    verification_id: string;
    conversation_id: string;
    status: VerificationRow['status'];
    submitted_at: number;
    decided_at: number | null;
    decided_by: string | null;
    reason: string | null;
    /** JSON of an `Application`. */
    sealed: Uint8Array;
  };
  shown_messages: { conversation_id: string; progress: string; message_id: string; at: number };
  upload_links: {
    token_hash: string;
    channel: ChannelName;
    chat_id: string;
    expires_at: number;
    used_at: number | null;
  };
  /** What a platform said of where a chat is reached. */
  channel_addresses: { channel: ChannelName; chat_id: string; sealed: Uint8Array };
  /** What platforms call people, by `channel:chat_id`. */
  person_names: { name_id: string; sealed: Uint8Array };
  /** Links by which a channel fetches files; whoever has one may fetch the file. */
  file_links: { ref: string; at: number; sealed: Uint8Array };
  link_codes: {
    /** Keyed hash of the code, which is in no table. */
    mark: string;
    conversation_id: string;
    created_at: number;
    expires_at: number;
  };
  secrets: { ref: string; conversation_id: string; sealed: Uint8Array };
  blobs: {
    blob_id: string;
    mime: string;
    created_at: number;
    /** Null until a message of a conversation names it. */
    conversation_id: string | null;
    sealed: Uint8Array;
  };
  /** Goes with its photo. */
  masked_blobs: { blob_id: string; mime: string; sealed: Uint8Array };
  case_pictures: {
    id: Generated<number>;
    case_id: string;
    blob_id: string;
    /** 64 bits in hex. */
    fingerprint: string;
  };
  /** The index by which alike fingerprints are found: see fingerprints.ts. */
  case_picture_parts: { part: number; picture: number };
  seen: { channel: ChannelName; event_id: string; at: number };
  attempts: { channel: ChannelName; event_id: string; at: number; count: number };
  set_aside: {
    id: Generated<number>;
    channel: ChannelName;
    event_id: string;
    type: Event['type'];
    at: number;
    why: string;
    sealed: Uint8Array;
  };
  agents: {
    agent_id: string;
    name: string;
    login: string;
    password_hash: string;
    role: AgentRow['role'];
  };
  sessions: { token_hash: string; agent_id: string; expires_at: number; csrf: string };
  audit: {
    id: Generated<number>;
    at: number;
    actor: string;
    action: string;
    subject: string;
    detail: string | null;
  };
  api_tokens: {
    /** Base64url SHA-256 of the token. */
    token_hash: string;
    name: string;
    /** JSON array. */
    scopes: string;
    created_at: number;
    created_by: string;
    expires_at: number | null;
  };
  /** When each task last had its turn. */
  ticks: { name: string; at: number };
  notices: {
    id: Generated<number>;
    key: string;
    kind: NoticeRow['kind'];
    at: number;
    case_id: string | null;
    data: string;
  };
  notes: {
    id: Generated<number>;
    note_id: string;
    conversation_id: string;
    at: number;
    agent_id: string;
    text: string;
  };
  /** Up to which line an agent has seen a conversation. */
  seen_lines: { agent_id: string; conversation: number; line_id: number };
  off_duty: { agent_id: string };
  invites: {
    token_hash: string;
    role: Exclude<AgentRow['role'], 'left'>;
    invited_by: string;
    expires_at: number;
  };
  ratings: { case_id: string; score: number; at: number };
  /** Topics of the agents' Telegram group. `doomed`: what it shows was deleted here. */
  forum_topics: {
    conversation_id: string;
    thread_id: number | null;
    line_id: number;
    doomed: number;
    /** Something beside the lines is still to be shown there. */
    unfinished: number;
    /** JSON; src/forum/topic-state.ts says what it holds. */
    state: string;
  };
  /** What came from that group, as Telegram told it; empty once it was dealt with. */
  forum_updates: {
    id: Generated<number>;
    update_id: string;
    at: number;
    due_at: number;
    attempts: number;
    done_at: number | null;
    sealed: Uint8Array;
  };
  /** `running`: marks a process that has not stopped yet. */
  meta: { name: string; value: string };
}
