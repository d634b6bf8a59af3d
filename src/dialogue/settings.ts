import type { QuietHours } from '../domain/quiet-hours.ts';
import type { Language } from './event.ts';

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
