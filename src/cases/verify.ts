import type { Event } from '../dialogue/event.ts';
import type { Store, VerificationRow } from '../store/contract.ts';

export interface VerifierOptions {
  store: Pick<Store, 'verification' | 'decideVerification' | 'setVerified' | 'conversationsOf'>;
  accept: (event: Event) => Promise<unknown>;
  now: () => number;
}

/** What the office, or a backend, makes of an application. */
export type VerificationDecision =
  | { status: 'approved' }
  /** `reason` is told to the installer; `reopen` names the slots to be filled again. */
  | { status: 'refused'; reason: string; reopen: string[] };

/** Decides companies' verification: writes it to the account, and makes it a turn of each of its chats. */
export interface Verifier {
  /** False: it had been decided otherwise, or by somebody else. The same again finishes what was begun. */
  decide(applicationId: string, decision: VerificationDecision, by: string): Promise<boolean>;
  /**
   * The same, by somebody's server that alone decides it: told first and written then, so that it
   * may be repeated until it is.
   */
  hear(applicationId: string, decision: VerificationDecision, by: string): Promise<void>;
  /** Verifies an account, or withdraws it, without an application. */
  set(accountId: string, verified: boolean): Promise<void>;
}

export function createVerifier({ store, accept, now }: VerifierOptions): Verifier {
  async function tell(
    accountId: string,
    key: string,
    change: { verified: boolean; refused?: { reason: string; reopen: string[] } },
    only?: string,
  ): Promise<void> {
    for (const { conversationId, channel, chatId } of await store.conversationsOf(accountId)) {
      if (only !== undefined && only !== conversationId) continue;
      const eventId = `${key}:${conversationId}`;
      await accept({ eventId, at: now(), channel, chatId, type: 'accountChanged', ...change });
    }
  }

  async function announce(row: VerificationRow, decision: VerificationDecision): Promise<void> {
    const { accountId, conversationId } = row;
    const key = `verification:${row.application.applicationId}`;
    if (decision.status === 'refused') {
      const refused = { reason: decision.reason, reopen: decision.reopen };
      await tell(accountId, key, { verified: false, refused }, conversationId);
      return;
    }
    // First the account, for the turns read it in their transaction.
    await store.setVerified(accountId, true);
    await tell(accountId, key, { verified: true });
  }

  const rowOf = (decision: VerificationDecision, by: string) => ({
    status: decision.status,
    reason: decision.status === 'refused' ? decision.reason : null,
    by,
    at: now(),
  });

  return {
    async decide(applicationId, decision, by) {
      const before = await store.verification(applicationId);
      if (before === null) return false;
      const first = await store.decideVerification(applicationId, rowOf(decision, by));
      const same = before.status === decision.status && before.decidedBy === by;
      if (!first && !same) return false;
      await announce(before, decision);
      return true;
    },
    async hear(applicationId, decision, by) {
      const row = await store.verification(applicationId);
      if (row?.status !== 'waiting') return;
      await announce(row, decision);
      await store.decideVerification(applicationId, rowOf(decision, by));
    },
    async set(accountId, verified) {
      await store.setVerified(accountId, verified);
      await tell(accountId, `account:${accountId}:${now()}`, { verified });
    },
  };
}
