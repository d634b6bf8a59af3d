import type { FastifyInstance, InjectOptions } from 'fastify';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { operatorRoutes } from '../../src/desk/operators/routes.ts';
import { makeToken, type Scope } from '../../src/desk/operators/tokens.ts';
import { createServer } from '../../src/server/server.ts';
import type { Store } from '../../src/store/contract.ts';
import { makeSqlitePlace } from '../store/place.ts';
import { DAY, deciding, draft, NOW, text } from '../store/turns.ts';

const SECRET = 'STRING-OF-THE-DEVICE-0123456789';

class Office {
  readonly store: Store;
  readonly app: FastifyInstance;
  readonly logged: string[];
  readonly clock: { now: number };

  constructor(store: Store, app: FastifyInstance, logged: string[], clock: { now: number }) {
    this.store = store;
    this.app = app;
    this.logged = logged;
    this.clock = clock;
  }

  async token(scopes: Scope[], days: number | null = null): Promise<string> {
    const wanted = { name: `t${scopes.join('.').replaceAll(':', '-')}`, scopes, days };
    return (await makeToken(this.store, wanted, { by: 'a1', now: this.clock.now })) ?? '';
  }

  ask(token: string, url: string, method: InjectOptions['method'] = 'GET') {
    const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en' };
    return this.app.inject({ method, url: `/api/operators${url}`, headers });
  }
}

async function office(): Promise<Office> {
  const place = await makeSqlitePlace();
  const store = await place.open();
  const logged: string[] = [];
  const clock = { now: NOW };
  const app = await createServer({
    config: { publicUrl: null },
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    ready: () => true,
    routes: [operatorRoutes({ store, now: () => clock.now })],
  });
  onTestFinished(async () => {
    await app.close();
    await store.close();
    await place.remove();
  });
  const [first] = await store.commit(
    [text('chat')],
    deciding({ effects: [{ kind: 'keepSecret', ref: 's1', text: SECRET }] }),
    [],
  );
  const conversationId = first?.conversationId ?? '';
  const sadp = { ref: 's1', format: 'A', source: 'text', receivedAt: NOW } as const;
  for (const [index, caseId] of ['c1', 'c2', 'c3'].entries()) {
    const more = {
      submittedAt: NOW + index * DAY,
      sadp: { ...sadp, exportedAt: null, fileSerial: null },
    };
    await store.openCase({ conversationId, draft: draft(caseId, `D1000000${index}`, more) });
  }
  return new Office(store, app, logged, clock);
}

describe('a program of the operators', () => {
  it.each([
    ['cases:read', '/cases', 'GET'],
    ['cases:read', '/cases/c1', 'GET'],
    ['cases:export', '/export?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z', 'GET'],
    ['deadLetters:read', '/dead-letters', 'GET'],
    ['deadLetters:send', '/dead-letters/1/send', 'POST'],
  ] as const)('needs the scope %s for %s', async (scope, path, method) => {
    const house = await office();
    const all: Scope[] = ['cases:read', 'cases:export', 'deadLetters:read', 'deadLetters:send'];
    const others = await house.token(all.filter((one) => one !== scope));
    const refused = await house.ask(others, path, method);
    expect(refused.statusCode).toBe(403);
    expect(refused.json().error).toMatchObject({ code: 'noScope' });
    expect(refused.json().error.message).toContain(scope);
    expect((await house.ask('', path, method)).statusCode).toBe(401);
    expect((await house.ask(`unbind_${'A'.repeat(43)}`, path, method)).statusCode).toBe(401);
    expect((await house.ask(await house.token([scope]), path, method)).statusCode).not.toBe(403);
  });

  it('is let in until its token expires or is dropped, and no log or table holds the token', async () => {
    const house = await office();
    const token = await house.token(['cases:read'], 30);
    expect((await house.ask(token, '/cases')).statusCode).toBe(200);
    house.clock.now += 31 * DAY;
    expect((await house.ask(token, '/cases')).statusCode).toBe(401);
    const lasting = await house.token(['cases:export', 'cases:read']);
    expect((await house.ask(lasting, '/cases')).statusCode).toBe(200);
    await house.store.dropApiToken('tcases-export.cases-read');
    expect((await house.ask(lasting, '/cases')).statusCode).toBe(401);
    const kept = JSON.stringify([await house.store.apiTokens(), await house.store.auditTrail(50)]);
    for (const one of [token, lasting]) {
      expect(house.logged.join()).not.toContain(one.slice(7));
      expect(kept).not.toContain(one.slice(7));
    }
  });

  it('reads cases with their steps, and never a string or a chat', async () => {
    const house = await office();
    const token = await house.token(['cases:read']);
    const list = await house.ask(token, '/cases');
    expect(list.json().cases).toHaveLength(3);
    const one = (await house.ask(token, '/cases/c1')).json();
    expect(one).toMatchObject({ caseId: 'c1', status: 'submitted', backend: 'desk' });
    expect(one).toMatchObject({ sadpString: true, steps: [{ status: 'submitted' }] });
    expect(list.body).not.toContain(SECRET);
    expect(list.body).not.toContain('"chat"');
    expect((await house.ask(token, '/cases/none')).statusCode).toBe(404);
  });

  it('exports the cases of a stretch of time, a line each, and that is written down', async () => {
    const house = await office();
    const token = await house.token(['cases:export']);
    const exported = await house.ask(
      token,
      '/export?from=2026-11-23T00:00:00%2B07:00&to=2026-11-25T00:00:00%2B07:00',
    );
    expect(exported.headers['content-type']).toContain('application/x-ndjson');
    const lines = exported.body.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).caseId)).toEqual(['c1', 'c2']);
    const [audited] = await house.store.auditTrail(1);
    expect(audited).toMatchObject({ actor: 'token:tcases-export', action: 'cases.export' });
    const wrong = await house.ask(token, '/export?from=yesterday&to=2026-11-25T00:00:00Z');
    expect(wrong.statusCode).toBe(400);
    expect(wrong.json().error.message).toContain('from');
  });

  it('sends a dead letter again, once', async () => {
    const house = await office();
    const { store } = house;
    const sent = draft('c9', 'D99999999');
    const [outcome] = await store.commit(
      [text('chat')],
      deciding({ effects: [{ kind: 'submit', draft: sent }] }),
      [],
    );
    const effectId = outcome?.effects[0]?.effectId ?? 0;
    await store.commit([], deciding(), [{ effectId, as: 'dead', why: 'refused with status 422' }]);
    const token = await house.token(['deadLetters:read', 'deadLetters:send']);
    const listed = await house.ask(token, '/dead-letters');
    expect(listed.json().deadLetters).toMatchObject([
      { id: effectId, kind: 'submit', caseId: 'c9', why: 'refused with status 422' },
    ]);
    const path = `/dead-letters/${effectId}/send`;
    expect((await house.ask(token, path, 'POST')).statusCode).toBe(202);
    expect((await house.ask(token, path, 'POST')).statusCode).toBe(404);
    expect(await store.dueEffects(NOW, 10)).toMatchObject([{ effectId }]);
  });
});
