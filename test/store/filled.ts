import type { Store } from '../../src/store/contract.ts';
import { agent } from './contract/test-bed.ts';
import { base, CLOCK, DAY, decided, decideForReal, draft, NOW, reply, text } from './turns.ts';

/** Writes something into every table; answers where to look for it. */
export async function fill(store: Store): Promise<{ conversationId: string; blobId: string }> {
  const blobId = await store.putBlob(Buffer.from('a photo'), 'image/png');
  await store.putMaskedBlob(blobId, Buffer.from('masked'), 'image/png');
  const said = ['xin chào', 'mạng khác', 'D12345678', 'tôi cần gặp người'];
  const [first] = await store.commit(
    said.map((one) => text('chat', one)),
    decideForReal,
    [],
  );
  await store.commit(
    [{ ...base('photos'), type: 'photos', blobIds: [blobId] }, text('secret')],
    (event, loaded) =>
      decided(loaded, {
        setAside: 'why not',
        effects: [
          { kind: 'keepSecret', ref: event.eventId, text: 'the string' },
          { kind: 'setTimer', timer: 't', at: NOW },
          reply('hello'),
        ],
      }),
    [],
  );
  const conversationId = first?.conversationId ?? '';
  await store.openCase({ conversationId, draft: draft('k1', 'D12345678') });
  await store.addAgent(agent);
  await store.openSession({ tokenHash: 'h', agentId: 'a1', csrf: 'c', expiresAt: CLOCK + DAY });
  await store.savePushSubscription(conversationId, {
    endpoint: 'https://push.example/1',
    keys: { p256dh: 'p', auth: 'a' },
  });
  await store.keepShownMessage(conversationId, 'reading', '17');
  await store.countAttempt(text());
  await store.takeTick('digest', NOW);
  await store.keepForumUpdate({ updateId: '7:1', text: '{}', at: NOW });
  await store.putForumTopic({
    conversationId,
    threadId: 17,
    lineId: 1,
    state: '{}',
    unfinished: false,
  });
  await store.audit({ at: NOW, actor: 'a1', action: 'look', subject: 'k1' });
  await store.putDocument('book', 'text', true);
  await store.addApiToken({
    tokenHash: 'th',
    name: 'report',
    scopes: ['cases:read'],
    createdAt: NOW,
    createdBy: 'a1',
    expiresAt: null,
  });
  // Rows that are gone, whose numbers must not come back.
  const due = await store.dueEffects(CLOCK + DAY, 1_000);
  await store.commit([], decideForReal, [{ effectId: due.at(-1)?.effectId ?? 0, as: 'done' }]);
  return { conversationId, blobId };
}

/** What a store shows of all that. */
export async function contentOf(
  store: Store,
  { conversationId, blobId }: { conversationId: string; blobId: string },
) {
  const bytes = (blob: { bytes: Uint8Array } | null) => blob && Buffer.from(blob.bytes).toString();
  return {
    conversations: await store.conversationsForDesk(100),
    lines: await store.transcript(conversationId, 0, 100),
    due: await store.dueEffects(CLOCK + DAY, 1_000),
    timers: await store.dueTimers(CLOCK + DAY, 100),
    cases: await store.casesForDesk({ open: true, limit: 10 }),
    steps: await store.caseSteps('k1'),
    agents: await store.agents(),
    apiTokens: await store.apiTokens(),
    session: await store.session('h', CLOCK),
    audit: await store.auditTrail(10),
    aside: await store.setAsideEvents(10),
    push: await store.pushSubscriptions(conversationId),
    shown: await store.shownMessage(conversationId, 'reading'),
    topic: await store.forumTopicByThread(17),
    updates: await store.forumUpdates(10),
    book: await store.document('book'),
    photo: bytes(await store.getBlob(blobId)),
    masked: bytes(await store.getMaskedBlob(blobId)),
  };
}
