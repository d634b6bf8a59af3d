import type { CaseStore } from './contract/cases.ts';
import type { ConversationStore } from './contract/conversations.ts';
import type { ForumStore } from './contract/forum.ts';
import type { InboxStore } from './contract/inbox.ts';
import type { LinkStore } from './contract/links.ts';
import type { OfficeStore } from './contract/office.ts';
import type { OutboxStore } from './contract/outbox.ts';
import type { PeopleStore } from './contract/people.ts';
import type { PersonalDataStore } from './contract/personal-data.ts';
import type { PhotoStore } from './contract/photos.ts';
import type { PlatformStore } from './contract/platforms.ts';
import type { ProcessStore } from './contract/processes.ts';
import type { TurnStore } from './contract/turns.ts';

export type { CaseFigures, CaseRow, CaseStep, CountedCase, SimilarCase } from './contract/cases.ts';
export type { ConversationRow, DeliveryWay, TranscriptLine } from './contract/conversations.ts';
export type { ForumTopicRow, ForumUpdateRow } from './contract/forum.ts';
export type { InboxRow, NoteRow } from './contract/inbox.ts';
export type { PushSubscriptionRow, Routes, UploadLinkRow } from './contract/links.ts';
export type { NoticeRow, VerificationRow } from './contract/office.ts';
export type { DeadLetter, DueEffect } from './contract/outbox.ts';
export type { AgentRow, ApiTokenRow, AuditLine, InviteRow } from './contract/people.ts';
export type { PersonalData } from './contract/personal-data.ts';
export type { Hint } from './contract/processes.ts';
export type { Decide, Decided, Loaded, Settlement, TurnOutcome } from './contract/turns.ts';

/**
 * The store as everybody knows it. Two engines stand behind it; nobody else speaks SQL. A room takes
 * the members that it needs (`Pick<Store, …>`).
 */
export interface Store
  extends TurnStore,
    OutboxStore,
    CaseStore,
    ConversationStore,
    InboxStore,
    LinkStore,
    PlatformStore,
    PhotoStore,
    PeopleStore,
    OfficeStore,
    ForumStore,
    PersonalDataStore,
    ProcessStore {
  /** Drops dedupe rows older than 7 days and settled effects, as of `now`. */
  sweep(now: number): Promise<void>;
  /** True when the process before did not stop cleanly. Marks this one as running. */
  begin(): Promise<{ unclean: boolean }>;
  close(): Promise<void>;
}
