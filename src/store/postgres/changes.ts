import { randomUUID } from 'node:crypto';
import type { AccountChange, CommitEffect } from '../../dialogue/effect.ts';
import { tellingPictures } from '../fingerprints.ts';
import type { Vault } from '../vault.ts';
import type { LoadedTurn } from './load.ts';

type ChangeCase = Extract<CommitEffect, { kind: 'changeCase' }>;
type Change = Exclude<CommitEffect, ChangeCase | AccountChange>;

/**
 * What one turn changes beside its conversation. Of several changes to one thing the last one
 * counts, so that each thing is written once.
 */
export class Changes {
  readonly #vault: Vault;
  readonly #where: { turn: number; conversation_id: string };
  /** Sealed and in base64, or null = dropped; by reference. */
  readonly #secrets = new Map<string, string | null>();
  readonly #blobs = new Set<string>();
  /** Due times, or null = cleared; by name. */
  readonly #timers = new Map<string, number | null>();

  constructor(vault: Vault, turn: number, conversationId: string) {
    this.#vault = vault;
    this.#where = { turn, conversation_id: conversationId };
  }

  add(change: Change): void {
    switch (change.kind) {
      case 'keepSecret': {
        const sealed = this.#vault.seal('secret', change.ref, change.text);
        this.#secrets.set(change.ref, sealed.toString('base64'));
        return;
      }
      case 'dropSecret':
        this.#secrets.set(change.ref, null);
        return;
      case 'dropBlob':
        this.#blobs.add(change.blobId);
        return;
      case 'setTimer':
        this.#timers.set(change.timer, change.at);
        return;
      case 'clearTimer':
        this.#timers.set(change.timer, null);
    }
  }

  secrets() {
    return [...this.#secrets].map(([ref, sealed]) => ({ ...this.#where, ref, sealed }));
  }

  dropped() {
    return [...this.#blobs].map((blob_id) => ({ ...this.#where, blob_id }));
  }

  timers() {
    return [...this.#timers].map(([name, due_at]) => ({ ...this.#where, name, due_at }));
  }
}

/** What `change_account_1` knows of a change of account. */
export function accountRow(effect: AccountChange, loaded: LoadedTurn, vault: Vault) {
  const own = { conversation_id: loaded.conversationId, at: loaded.event.at };
  if (effect.kind === 'leaveAccount') return { ...own, fresh: randomUUID() };
  const { code, offer, prefer } = effect;
  return {
    ...own,
    mark: vault.markOf('linkCode', code),
    mine: loaded.account.id,
    offered_by: offer.conversationId,
    theirs: offer.accountId,
    prefer,
  };
}

/** What `commit_turns_1` knows of a change to a case. */
export function caseRow(turn: number, n: number, effect: ChangeCase, at: number) {
  const { caseId, revision, status, reason, note, by, draft } = effect;
  return {
    turn,
    n,
    case_id: caseId,
    revision,
    status,
    reason,
    note,
    decided_by: by,
    at,
    draft: draft ? JSON.stringify(draft) : null,
    serial: draft?.serial.short ?? null,
    submitted_at: draft?.submittedAt ?? null,
    target: draft?.promise.internalTarget ?? null,
    answer_by: draft?.promise.answerBy ?? null,
    pictures: draft ? tellingPictures(draft.photos) : null,
  };
}
