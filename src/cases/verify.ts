import type { Event } from '../dialogue/event.ts';
import type { Store } from '../store/contract.ts';

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

  return {
    async decide(applicationId, decision, by) {
      const { status } = decision;
      const reason = decision.status === 'refused' ? decision.reason : null;
      const before = await store.verification(applicationId);
      if (before === null) return false;
      const first = await store.decideVerification(applicationId, {
        status,
        reason,
        by,
        at: now(),
      });
      if (!first && (before.status !== status || before.decidedBy !== by)) return false;
      const key = `verification:${applicationId}`;
      const { accountId, conversationId } = before;
      if (decision.status === 'refused') {
        const refused = { reason: decision.reason, reopen: decision.reopen };
        await tell(accountId, key, { verified: false, refused }, conversationId);
        return true;
      }
      // First the account, for the turns read it in their transaction.
      await store.setVerified(accountId, true);
      await tell(accountId, key, { verified: true });
      return true;
    },
    async set(accountId, verified) {
      await store.setVerified(accountId, verified);
      await tell(accountId, `account:${accountId}:${now()}`, { verified });
    },
  };
}
