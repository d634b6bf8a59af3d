import type { CaseStatus, RefusalReason } from '../domain/case.ts';
import type { PromiseMade } from '../domain/promise.ts';
import type { Reading } from '../domain/reading.ts';
import type { Serial } from '../domain/serial.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { AttachedFile } from './event.ts';
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
  /** The case that this one repairs. */
  repairs: string | null;
  network: 'lan' | 'other';
  serial: Serial;
  serialSource: 'typed' | 'label' | 'scanner' | 'screenshot';
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
  submittedAt: number;
  promise: PromiseMade;
}

/** What an agent says: words, or a photo (by blob id) with or without them. */
export interface AgentWords {
  name: string;
  text: string;
  photo?: string;
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
  | { kind: 'clearTimer'; timer: string };

export type Effect = OutboxEffect | CommitEffect;

const WORK: ReadonlySet<Effect['kind']> = new Set(['read', 'fetch', 'submit', 'rate']);

/** Whether an effect is work for the outbox: neither something to send nor a part of the commit. */
export function isWork(effect: Effect): effect is Exclude<OutboxEffect, { kind: 'send' }> {
  return WORK.has(effect.kind);
}
