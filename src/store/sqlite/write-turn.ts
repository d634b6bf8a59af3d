import type { DatabaseSync } from 'node:sqlite';
import { type Event, isFromPerson } from '../../dialogue/event.ts';
import type { Decided, DueEffect } from '../contract.ts';
import { isAccountChange, isWork } from '../effect-kinds.ts';
import { blobsOf, lastTextOf, supersedes } from '../turn-facts.ts';
import type { Vault } from '../vault.ts';
import type { LoadedTurn } from './load.ts';
import { prepareAccountChanges } from './write-account.ts';
import { prepareCommitEffects } from './write-effects.ts';
import { prepareOutboxWriting, type Turned } from './write-outbox.ts';

/** Writes what a turn decided. Everything runs within the caller's transaction. */
export function prepareTurnWriting(database: DatabaseSync, vault: Vault, now: () => number) {
  const outbox = prepareOutboxWriting(database, now);
  const applyEffect = prepareCommitEffects(database, vault);
  const changeAccount = prepareAccountChanges(database, vault);
  const insertAccount = database.prepare(
    'insert into accounts (account_id, verified) values (?, 0)',
  );
  const insertConversation = database.prepare(
    `insert into conversations (conversation_id, channel, chat_id, account_id, version, updated_at,
       language, owner_who, owner_agent_id, owner_agent_name, owner_epoch, last_text, state)
     values (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateConversation = database.prepare(
    `update conversations set version = version + 1, updated_at = ?, language = ?, owner_who = ?,
       owner_agent_id = ?, owner_agent_name = ?, owner_epoch = ?,
       last_text = coalesce(?, last_text), unreachable = ?, state = ? where id = ?`,
  );
  const attachBlob = database.prepare(
    'update blobs set conversation_id = ? where blob_id = ? and conversation_id is null',
  );
  const insertSetAside = database.prepare(
    'insert into set_aside (channel, event_id, type, at, why, sealed) values (?, ?, ?, ?, ?, ?)',
  );

  /** Answers the conversation's number. */
  function writeConversation(
    event: Event,
    loaded: LoadedTurn,
    decided: Decided,
    unreachable: string | null,
  ): number {
    const { conversation } = decided;
    const { owner, language } = conversation;
    const state = JSON.stringify(conversation);
    const lastText = lastTextOf(decided);
    const ownership = [owner.who, owner.agentId, owner.agentName, owner.epoch] as const;
    if (loaded.row) {
      const at = Math.max(loaded.row.updatedAt, event.at);
      updateConversation.run(
        at,
        language,
        ...ownership,
        lastText,
        unreachable,
        state,
        loaded.row.id,
      );
      return loaded.row.id;
    }
    const { conversationId, account } = loaded;
    insertAccount.run(account.id);
    const { lastInsertRowid } = insertConversation.run(
      conversationId,
      event.channel,
      event.chatId,
      account.id,
      event.at,
      language,
      ...ownership,
      lastText,
      state,
    );
    return Number(lastInsertRowid);
  }

  function writeEffects(turned: Turned, { effects, sendsShown }: Decided): DueEffect[] {
    const written: DueEffect[] = [];
    let sends = 0;
    for (const effect of effects) {
      if (effect.kind === 'send') {
        const shown = sendsShown[sends];
        if (!shown) throw new TypeError('A send of this turn was not rendered.');
        sends += 1;
        const due = outbox.writeSend(turned, effect, shown);
        if (due) written.push(due);
      } else if (isWork(effect)) {
        written.push(outbox.writeWork(turned, effect));
      } else if (isAccountChange(effect)) {
        changeAccount(effect, turned.conversationId, turned.event.at);
      } else {
        applyEffect(effect, turned.conversationId, turned.event.at);
      }
    }
    return written;
  }

  return (event: Event, loaded: LoadedTurn, decided: Decided): DueEffect[] => {
    const { conversation, heard, heardShown, setAside } = decided;
    const { conversationId } = loaded;
    const unreachable = isFromPerson(event) ? null : (loaded.row?.unreachable ?? null);
    const rowId = writeConversation(event, loaded, decided, unreachable);
    const turned = { event, conversation, conversationId, rowId, unreachable };
    for (const blobId of blobsOf(event)) attachBlob.run(conversationId, blobId);
    if (heard && heardShown) outbox.writeHeard(turned, heardShown, heard);
    if (supersedes(loaded, decided)) outbox.supersede(rowId);
    if (setAside !== null) {
      const { channel, eventId, type, at } = event;
      const place = `${channel}:${eventId}`;
      const before = loaded.damaged === null ? {} : { conversation: loaded.row?.state };
      const sealed = vault.seal('setAside', place, JSON.stringify({ event, ...before }));
      insertSetAside.run(channel, eventId, type, at, setAside, sealed);
    }
    return writeEffects(turned, decided);
  };
}
