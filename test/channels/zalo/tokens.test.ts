import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { PAUSES } from '../../../src/channels/zalo/oa/options.ts';
import { Connection } from '../../../src/channels/zalo/oa/tokens/connection.ts';
import { StoredTokens } from '../../../src/channels/zalo/oa/tokens/stored-tokens.ts';
import { TokenKeeper } from '../../../src/channels/zalo/oa/tokens/token-keeper.ts';
import { TokenWatch } from '../../../src/channels/zalo/oa/tokens/watch.ts';
import type { Store } from '../../../src/store/contract.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { KEY } from '../../store/place.ts';
import { NO_FILE_LINKS } from '../no-file-links.ts';
import { OaServer } from './oa-server/oa-server.ts';
import { configFor } from './settings.ts';

const REFRESHER = fileURLToPath(new URL('./children/refresher.ts', import.meta.url));
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const QUICK = { ...PAUSES, call: 5_000, lease: 300, lookAgain: 10 };

let server: OaServer;
let folder: string;
let store: Store;
let clock: number;
let logged: { level: number; msg: string }[];
beforeEach(async () => {
  server = await OaServer.start();
  folder = await mkdtemp(join(tmpdir(), 'tokens-'));
  store = await openStore();
  clock = Date.now();
  server.oauth.now = () => clock;
  logged = [];
  const { access_token, refresh_token } = server.oauth.grant();
  const granted = { accessToken: access_token, refreshToken: refresh_token, expiresIn: 90_000 };
  await new StoredTokens(store).connect(server.oaId, granted, clock);
});
afterEach(async () => {
  await store.close();
  await server.stop();
  await rm(folder, { recursive: true });
});

const openStore = () => openSqliteStore({ path: join(folder, 'unbinding.db'), key: KEY });

function optionsFor(over: Store = store) {
  const write = (line: string) => void logged.push(JSON.parse(line));
  return {
    config: configFor(server),
    publicUrl: 'https://assistant.example.vn',
    fileLinks: NO_FILE_LINKS,
    store: over,
    intake: { accept: async () => {} },
    log: pino({ level: 'debug' }, { write }),
  };
}

const keeperOver = (over: Store = store) => new TokenKeeper(optionsFor(over), QUICK, () => clock);

describe('the access token', () => {
  it('is renewed before it ends, once for all who want it at once', async () => {
    const keeper = keeperOver();
    const first = await keeper.access();
    clock += 25 * HOUR;
    const wanted = await Promise.all(Array.from({ length: 20 }, () => keeper.access()));
    expect(new Set(wanted).size).toBe(1);
    expect(wanted[0]).not.toBe(first);
    expect(server.oauth.used).toHaveLength(1);
  });

  it('is renewed by one of several processes, and the others take what it brought', async () => {
    clock += 25 * HOUR;
    const keepers = Array.from({ length: 5 }, () => keeperOver());
    const wanted = await Promise.all(keepers.map((keeper) => keeper.access()));
    expect(new Set(wanted).size).toBe(1);
    expect(server.oauth.used).toHaveLength(1);
    expect(server.oauth.reused).toBe(0);
  });

  it('is committed before anybody uses it', async () => {
    clock += 25 * HOUR;
    const token = await keeperOver().access();
    expect((await keeperOver().peek())?.accessToken).toBe(token);
    await store.close();
    store = await openStore();
    expect((await keeperOver().peek())?.accessToken).toBe(token);
  });

  it('lies sealed: neither token stands in the file', async () => {
    const tokens = server.oauth.tokens;
    await store.close();
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name));
      for (const token of tokens) expect(bytes.includes(token)).toBe(false);
    }
    store = await openStore();
  });

  it('is kept when Zalo does not answer, and asked for again', async () => {
    const keeper = keeperOver();
    const old = await keeper.access();
    server.next('/v4/oa/access_token', { status: 502 });
    await expect(keeper.renew(old)).rejects.toMatchObject({ name: 'NoAnswerError' });
    expect(await keeper.access()).toBe(old);
    expect(await keeper.renew(old)).not.toBe(old);
  });

  it.each([400, 401])('is refused by a status, too: HTTP %i', async (status) => {
    const keeper = keeperOver();
    server.next('/v4/oa/access_token', { status });
    await expect(keeper.renew(await keeper.access())).rejects.toMatchObject({ code: 'refused' });
    expect(logged.find(({ level }) => level === 50)?.msg).toMatch(/Connect the account again/);
  });

  it('is lost when the answer is: that is said plainly, and the old one used to its end', async () => {
    const keeper = keeperOver();
    const old = await keeper.access();
    server.next('/v4/oa/access_token', { breaks: 'after' });
    await expect(keeper.renew(old)).rejects.toMatchObject({ name: 'NoAnswerError' });
    await expect(keeper.renew(old)).rejects.toMatchObject({ code: 'refused' });
    expect(await keeper.access()).toBe(old);
    expect(logged.find(({ level }) => level === 50)?.msg).toMatch(/stopped while its token/);
    clock += 26 * HOUR;
    await expect(keeper.access()).rejects.toMatchObject({ code: 'refused' });
    expect(server.oauth.reused).toBe(1);
  });

  it('comes anew with the consent of a human', async () => {
    const keeper = keeperOver();
    server.oauth.grant();
    await expect(keeper.renew(await keeper.access())).rejects.toMatchObject({ code: 'refused' });
    const connection = new Connection(optionsFor(), keeper, QUICK, () => clock);
    expect(await connection.status()).toMatchObject({ state: 'refused' });
    const asked = await fetch((await connection.begin('lan')) ?? '', { redirect: 'manual' });
    const back = new URL(asked.headers.get('location') ?? '').searchParams;
    const problem = await connection.finish({
      state: back.get('state') ?? '',
      code: back.get('code') ?? undefined,
      oaId: back.get('oa_id') ?? '',
    });
    expect(problem).toBeNull();
    expect(await connection.status()).toMatchObject({ state: 'connected' });
    const token = await keeper.access();
    expect(() => server.oauth.check(token)).not.toThrow();
    expect((await store.auditTrail(1))[0]).toMatchObject({ action: 'zalo.connect', actor: 'lan' });
  });

  it('is renewed early by the watch; an end that comes near is warned of, once a day', async () => {
    const keeper = keeperOver();
    const watch = new TokenWatch(keeper, optionsFor().log, () => clock);
    await watch.look();
    expect(server.oauth.used).toHaveLength(0);
    clock += 20 * HOUR;
    await watch.look();
    expect(server.oauth.used).toHaveLength(1);
    // Renewing keeps the consent alive; only one that could not be renewed for weeks ends.
    clock += 70 * DAY;
    server.next('/v4/oa/access_token', { status: 503 });
    await watch.look();
    const stored = (await store.document('zaloOa.tokens')) ?? '';
    const far = JSON.stringify({ ...JSON.parse(stored), accessExpiresAt: clock + DAY });
    await store.putDocument('zaloOa.tokens', far, true);
    logged.length = 0;
    await watch.look();
    await watch.look();
    expect(logged.map(({ msg }) => msg)).toEqual([expect.stringMatching(/consent ends/)]);
    const connection = new Connection(optionsFor(), keeper, QUICK, () => clock);
    expect(await connection.status()).toMatchObject({ state: 'ending' });
  });
});

describe('a process that is killed while it renews the token', () => {
  let child: ChildProcess;

  /** Kills it without warning at this point of its work, and begins the next life. */
  const killAt = async (point: 'leased' | 'answered' | 'committed') => {
    const old = (await keeperOver().peek())?.accessToken ?? '';
    await store.close();
    child = spawn(process.execPath, [REFRESHER, folder, JSON.stringify(configFor(server)), point], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const gone = once(child, 'exit');
    for await (const said of child.stdout ?? []) if (String(said).includes(point)) break;
    child.kill('SIGKILL');
    expect(await gone).toEqual([null, 'SIGKILL']);
    store = await openStore();
    clock = Date.now() + QUICK.lease;
    return old;
  };

  it('before it asks: the stored pair works, and is renewed in the next life', async () => {
    const old = await killAt('leased');
    const keeper = keeperOver();
    expect(await keeper.access()).toBe(old);
    const token = await keeper.renew(old);
    expect(() => server.oauth.check(token)).not.toThrow();
    expect(server.oauth.reused).toBe(0);
  });

  it('between the answer and its commit: the old token works on, and operators are told', async () => {
    const old = await killAt('answered');
    expect(server.oauth.used).toHaveLength(1);
    const keeper = keeperOver();
    const usable = await keeper.access();
    expect(usable).toBe(old);
    expect(() => server.oauth.check(usable)).not.toThrow();
    await expect(keeper.renew(old)).rejects.toMatchObject({ code: 'refused' });
    const told = logged.find(({ level }) => level === 50)?.msg ?? '';
    expect(told).toMatch(/stopped while its token was being renewed/);
    expect(told).toMatch(/Connect the account again/);
    const connection = new Connection(optionsFor(), keeper, QUICK, () => clock);
    expect(await connection.status()).toMatchObject({ state: 'refused' });
  });

  it('between the commit and its use: the new pair is there, and works', async () => {
    const old = await killAt('committed');
    const keeper = keeperOver();
    const token = await keeper.access();
    expect(token).not.toBe(old);
    expect(() => server.oauth.check(token)).not.toThrow();
    expect(() => server.oauth.check(old)).not.toThrow();
    expect(await keeper.renew(token)).not.toBe(token);
    expect(server.oauth.reused).toBe(0);
  });
});
