import type { Calendar } from '../domain/calendar.ts';
import type { CaseStatus, RefusalReason } from '../domain/case.ts';
import type { QuietHours } from '../domain/quiet-hours.ts';
import type { CaseDraft, LinkOffer } from './effect.ts';
import type { ChannelName, Language } from './event.ts';
import type { Flow } from './flow.ts';

/** A case of this account, as a turn sees it. */
export interface CaseSummary {
  caseId: string;
  number: string;
  /** The form of this conversation that it came from. */
  formId: string;
  conversationId: string;
  serial: string;
  status: CaseStatus;
  reason: RefusalReason | null;
  revision: number;
  submittedAt: number;
  answerBy: number;
  draft: CaseDraft;
}

/** Settings of the office book that a conversation depends on. */
export interface DialogueSettings {
  slaMinutes: number;
  /** After this many hours an SADP string may be stale: warned about, never refused. */
  sadpStaleHours: number;
  /** Whether a serial that was not sighted on the LAN needs an SADP string even on the LAN path. */
  sadpStringForUnsighted: boolean;
  requireVerification: boolean;
  /** Nobody is reminded of something unfinished then. */
  quietHours: QuietHours;
  /** An agent who leaves the installer without an answer for so long loses the conversation. */
  agentSilentMinutes: number;
  /** Version of the confidentiality terms, and their text by language. */
  termsVersion: string;
  terms: { vi: string; en: string } & Partial<Record<Language, string>>;
}

/** What a turn may know beyond the conversation, read in the transaction that commits it. */
export interface Context {
  account: {
    id: string;
    verified: boolean;
    /** An application for its verification waits for the office. */
    applied: boolean;
    /** Its other conversations. */
    linked: readonly { conversationId: string; channel: ChannelName; chatId: string }[];
  };
  /** What the link code of this event stands for; null when there is none that holds. */
  link: LinkOffer | null;
  calendar: Calendar;
  settings: DialogueSettings;
  /** Whether any agent is on duty; absent where nobody keeps count. */
  onDuty?: boolean;
  /** By flow name. */
  flows: ReadonlyMap<string, Flow>;
  /** The account's cases, newest first, at most 50, each open one included. */
  cases: readonly CaseSummary[];
  /** Plain text of the secrets listed in `conversation.heldSecrets` (pieces of an SADP string). */
  secrets: ReadonlyMap<string, string>;
}
