import type { Verifier } from '../cases/verify.ts';
import type { Context } from '../dialogue/context.ts';
import type { ChannelName, Event } from '../dialogue/event.ts';
import type { DialogueSettings } from '../dialogue/settings.ts';
import type { CaseStatus, RefusalReason } from '../domain/case.ts';
import type { Masker } from '../engine/mask.ts';
import type { PhotoReader } from '../evidence/contract.ts';
import type { OfficeDesk } from '../office/contract.ts';
import type { AgentRow, Hint, Store, TurnOutcome } from '../store/contract.ts';
import type { GroupPeople } from './group-people.ts';
import type { OidcSettings } from './oidc.ts';
import type { ZaloOaView } from './wire/zalo-oa.ts';

/** An agent, as acts and decisions name one. */
export type ActingAgent = Pick<AgentRow, 'agentId' | 'name'>;

/** What an agent decides about a case. */
export interface Decision {
  status: Extract<CaseStatus, 'inReview' | 'unbound' | 'rejected' | 'needsInfo'>;
  reason?: RefusalReason;
  note?: string;
  reopen?: string[];
  question?: string;
}

export type DeskStore = Pick<
  Store,
  | 'agents'
  | 'agentByLogin'
  | 'addAgent'
  | 'changeAgent'
  | 'openSession'
  | 'session'
  | 'closeSession'
  | 'closeSessionsOf'
  | 'casesForDesk'
  | 'caseById'
  | 'casesOf'
  | 'personalData'
  | 'notices'
  | 'casesLike'
  | 'conversationsForDesk'
  | 'conversationById'
  | 'remembered'
  | 'inbox'
  | 'markSeen'
  | 'conversationsWithCase'
  | 'newestLines'
  | 'namedConversations'
  | 'addNote'
  | 'notes'
  | 'countedCases'
  | 'offDuty'
  | 'setDuty'
  | 'addInvite'
  | 'takeInvite'
  | 'transcript'
  | 'getBlob'
  | 'putBlob'
  | 'blobBelongsTo'
  | 'revealSecret'
  | 'verification'
  | 'waitingVerifications'
  | 'waitingVerificationsOf'
  | 'addApiToken'
  | 'apiTokens'
  | 'dropApiToken'
  | 'audit'
  | 'auditTrail'
>;

/** What the desk needs of the other rooms. */
export interface DeskOptions {
  store: DeskStore;
  /** Resolves once the event's turn is committed; rejects when nothing was kept. */
  intake: { accept(event: Event): Promise<Pick<TurnOutcome, 'outcome' | 'owner'>> };
  /** Tells which conversation has news, its cases' included. The result ends the subscription. */
  live: { subscribe(listener: (conversationId: string) => void): () => void };
  /** Who writes where this moment. The result of `subscribe` ends it. */
  hints: { tell(hint: Hint): void; subscribe(listener: (hint: Hint) => void): () => void };
  /** Tells the same listeners, for what no turn has done. */
  tell(conversationId: string): void;
  flows: Context['flows'];
  /** What the office book says now. */
  settings(): DialogueSettings;
  /** Photos with their secrets covered, which is how they are shown first. */
  masker: Pick<Masker, 'masked'>;
  /** Whether a file of this MIME type and size comes to people of a channel, by a link at least. */
  carries(channel: ChannelName, file: { mime: string; size: number }): boolean;
  /** Makes photos fit to be sent on. */
  photos: Pick<PhotoReader, 'tidy'>;
  /** The office book. */
  office: OfficeDesk;
  /** Looks anew who is on duty. */
  duty: { look(): Promise<void> };
  /**
   * Makes the decision a turn; resolves once it is committed, the case's row included. `revision`
   * is the one that the agent looked at: by then the case may have another, and nothing changes.
   */
  decide(input: {
    caseId: string;
    revision: number;
    decision: Decision;
    agent: ActingAgent;
  }): Promise<unknown>;
  /** Decides companies' verification. */
  verify: Verifier;
  /** Connects the Zalo Official Account; null (or absent) when none is configured. */
  zaloOa?: {
    status(): Promise<Omit<ZaloOaView, 'configured'>>;
    /** Where the admin consents; null when there is no public address to come back to. */
    begin(agentId: string): Promise<string | null>;
  } | null;
  /** Who is who in the agents' Telegram group; null (or absent) without one. */
  groupPeople?: Pick<GroupPeople, 'offerCode' | 'isLinked' | 'unlink'> | null;
  /** Where people may sign in beside the desk's own passwords; needs a public URL. */
  oidc: OidcSettings | null;
  /** PUBLIC_URL, or null. */
  publicUrl: string | null;
  now?: () => number;
  /** Milliseconds between heartbeats of a stream; 15 s by default. */
  heartbeat?: number;
}
