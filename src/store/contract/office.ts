import type { Application } from '../../dialogue/effect.ts';
import type { ChannelName, Event, Language } from '../../dialogue/event.ts';

/** A company's application for its verification, and what became of it. */
export interface VerificationRow {
  /** Of the chat that applied. */
  conversationId: string;
  channel: Event['channel'];
  chatId: string;
  accountId: string;
  language: Language;
  application: Application;
  status: 'waiting' | 'approved' | 'refused';
  decidedAt: number | null;
  decidedBy: string | null;
  /** Why it was refused, in words for the installer. */
  reason: string | null;
}

/** Something that agents or operators should know; see src/office/notices.ts for what `data` holds. */
export interface NoticeRow {
  /** Once by this key, whichever process finds it due. */
  key: string;
  kind: 'nudge' | 'escalation' | 'digest' | 'summary' | 'holidays';
  at: number;
  /** The case that it is about, or null. */
  caseId: string | null;
  data: Record<string, number>;
}

/** Companies' verification, and the office's notices. */
export interface OfficeStore {
  setVerified(accountId: string, verified: boolean): Promise<void>;
  /** Every conversation of an account. */
  conversationsOf(
    accountId: string,
  ): Promise<{ conversationId: string; channel: ChannelName; chatId: string }[]>;
  /** Keeps an application, once by its id; an earlier one of the chat that still waits goes. */
  keepApplication(conversationId: string, application: Application): Promise<void>;
  /** Those that wait, oldest first. */
  waitingVerifications(limit: number): Promise<VerificationRow[]>;
  /** Of an account, oldest first. */
  waitingVerificationsOf(accountId: string): Promise<VerificationRow[]>;
  verification(applicationId: string): Promise<VerificationRow | null>;
  /** Of several decisions on one that waits, the first counts: answers whether this one did. */
  decideVerification(
    applicationId: string,
    decision: { status: 'approved' | 'refused'; reason: string | null; by: string; at: number },
  ): Promise<boolean>;
  /** @returns false when there is one with its key already */
  addNotice(notice: NoticeRow): Promise<boolean>;
  /** Newest first, from `since` on. */
  notices(since: number, limit: number): Promise<NoticeRow[]>;
}
