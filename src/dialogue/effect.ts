import type { CaseStatus, RefusalReason } from '../domain/case.ts';
import type { ScanNote } from '../domain/lan-scan.ts';
import type { PromiseMade } from '../domain/promise.ts';
import type { Reading } from '../domain/reading.ts';
import type { Serial } from '../domain/serial.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { AgentFile, AttachedFile, ChannelName } from './event.ts';
import type { Reply } from './reply.ts';

/** A photo as a case carries it. */
export interface CasePhoto {
  blobId: string;
  reading: Reading | null;
  verdict: Verdict;
}

/** What a form becomes when it is submitted. Photos by blob id, the SADP string by secret reference. */
export interface CaseDraft {
  caseId: string;
  formId: string;
  flow: string;
  flowVersion: number;
  /** Shared by cases that were sent together. Absent for one that was sent alone. */
  batch?: string;
  /** The case that this one repairs. */
  repairs: string | null;
  network: 'lan' | 'other';
  serial: Serial;
  serialSource: 'typed' | 'label' | 'scanner' | 'screenshot';
  /** What the installer's scanner said of the device. Absent where none was used. */
  scan?: ScanNote;
  photos: CasePhoto[];
  proof: 'shown' | 'unverified';
  /** Why the proof is unverified, for the agent. */
  proofWhy: string | null;
  /** The SADP string by reference, with what is known of it. */
  sadp: {
    ref: string;
    format: 'A' | 'B' | 'unknown';
    source: 'text' | 'file' | 'photo';
    /** When the file's name says it was exported. */
    exportedAt: number | null;
    fileSerial: string | null;
    receivedAt: number;
  } | null;
  /** What an agent should look at: a stale string, a file named for another device, ... */
  flags: string[];
  /** The answer to an agent's free question. */
  answer: string | null;
  consentVersion: string;
  /** Who decides it; absent before it is opened, and the desk in older cases. */
  backend?: 'desk' | 'http';
  submittedAt: number;
  promise: PromiseMade;
  /** Whoever decides it took it only then, and the promise counts from there. Absent: at once. */
  takenAt?: number;
}

/** What an agent says: words, or a photo (by blob id) or a file with or without them. */
export interface AgentWords {
  name: string;
  text: string;
  photo?: string;
  file?: AgentFile;
}

/** What a form of the verification flow becomes. Photos of the licence by blob id. */
export interface Application {
  applicationId: string;
  company: string;
  /** 10 digits, or 13 written `0314409058-002`. */
  taxCode: string;
  /** In E.164. */
  phone: string;
  blobIds: string[];
  /** Who decides it; absent before it is kept, and the desk in older ones. */
  backend?: 'desk' | 'http';
  submittedAt: number;
}

/** Who decides it: the agents, unless it says otherwise. */
export function backendOf({ backend }: Pick<CaseDraft, 'backend'>): 'desk' | 'http' {
  return backend ?? 'desk';
}

/** Effects that the outbox delivers after the commit. */
export type OutboxEffect =
  /** A plain reply or (push) news about a case. Harmless when repeated. */
  | {
      kind: 'send';
      reply: Reply;
      /** Pushes live 3 days and may overtake; other replies expire after 15 minutes. */
      push: boolean;
      /** Text written by an agent; sent as it is instead of `reply`. */
      agent?: AgentWords;
    }
  | { kind: 'read'; readId: string; photoId: string; blobId: string; claim: string | null }
  /** Brings the bytes of files that belong together. Its result is an event with what they are. */
  | { kind: 'fetch'; files: AttachedFile[]; caption: string }
  | { kind: 'submit'; draft: CaseDraft }
  /** Hands the company's particulars to the office. */
  | { kind: 'apply'; application: Application }
  /** Makes a link by which others see how a case stands. Its result is an event with it. */
  | { kind: 'share'; caseId: string }
  /** Looks up what became of a case. Its result is an event with the steps. */
  | { kind: 'timeline'; caseId: string }
  /** Makes a pairing code for a form. Its result is an event with it. */
  | { kind: 'pair'; pairId: string; formId: string }
  /** Tells another conversation what became of the account. Its result is an event there. */
  | {
      kind: 'tell';
      to: { channel: ChannelName; chatId: string };
      what: 'joined' | 'left';
      /** This conversation's channel. */
      other: ChannelName;
    }
  /** Deletes what the person sent and what was said. Its result tells how much. */
  | { kind: 'erase' }
  /** How the installer found the handling of a case, 1 to 3. */
  | { kind: 'rate'; caseId: string; score: number };

/** Effects that are part of the commit itself. */
export type CommitEffect =
  | { kind: 'keepSecret'; ref: string; text: string }
  | { kind: 'dropSecret'; ref: string }
  | { kind: 'dropBlob'; blobId: string }
  | {
      kind: 'changeCase';
      caseId: string;
      revision: number;
      status: CaseStatus;
      reason: RefusalReason | null;
      note: string | null;
      by: string | null;
      /** The repaired draft, when an answered needsInfo sends the same case again. */
      draft?: CaseDraft;
    }
  /** Timers are unique by conversation and name; setting one again moves it. */
  | { kind: 'setTimer'; timer: string; at: number }
  | { kind: 'clearTimer'; timer: string }
  | AccountChange;

/** Changes whose account a conversation belongs to. A turn makes one at most. */
export type AccountChange =
  /**
   * Uses up the link code of `context.link`, and joins that account and this one into the older of
   * the two. Where both are the same only the preference is written.
   */
  | { kind: 'joinAccounts'; code: string; offer: LinkOffer; prefer: string }
  /** This conversation gets an account of its own, and takes the cases along that it opened. */
  | { kind: 'leaveAccount' };

/** What a link code stands for. */
export interface LinkOffer {
  /** The conversation that asked for it. */
  conversationId: string;
  accountId: string;
  channel: ChannelName;
  chatId: string;
}

export type Effect = OutboxEffect | CommitEffect;
