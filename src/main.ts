import { join, resolve } from 'node:path';
import { createApply } from './cases/apply.ts';
import { type CaseServer, connectCaseServer } from './cases/case-server.ts';
import { createCaseDecider } from './cases/decide.ts';
import { createSubmit } from './cases/submit.ts';
import { createTimeline } from './cases/timeline.ts';
import { createVerifier } from './cases/verify.ts';
import type { Channel } from './channels/contract.ts';
import { FileLinks } from './channels/file-link/links.ts';
import { fileRoutes } from './channels/file-link/routes.ts';
import { UploadLinks } from './channels/upload-link/links.ts';
import { uploadRoutes } from './channels/upload-link/routes.ts';
import { createWebChannel } from './channels/web/web-channel.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { createDesk } from './desk/desk.ts';
import { watchDuty } from './desk/duty.ts';
import { GroupPeople } from './desk/group-people.ts';
import { operatorRoutes } from './desk/operators/routes.ts';
import type { ChannelName, Event } from './dialogue/event.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createFetch } from './engine/fetch.ts';
import { Masker } from './engine/mask.ts';
import { createRead } from './engine/read.ts';
import { createPhotoReader } from './evidence/process.ts';
import { loadFlows } from './flows/load.ts';
import { connectForum } from './forum/connect.ts';
import { loadSecretKey } from './keys/secret-key.ts';
import { loadSharedWebPushKeys, loadWebPushKeys } from './keys/web-push-keys.ts';
import { createLog } from './log.ts';
import { createErase } from './office/erase.ts';
import { openOfficeBook, openSharedOfficeBook } from './office/office-book.ts';
import { createOfficeDesk } from './office/office-desk.ts';
import { createRounds } from './office/rounds.ts';
import { createPair } from './pairing/pair.ts';
import { createPairingRoutes } from './pairing/pairing.ts';
import { connectPlatforms } from './platforms.ts';
import { closeServer } from './server/close.ts';
import { createMetrics, type Metrics, serveMetrics } from './server/metrics.ts';
import { createServer } from './server/server.ts';
import { ShareLinks } from './share/links.ts';
import { shareRoutes } from './share/routes.ts';
import { createShare } from './share/share.ts';
import type { Store } from './store/contract.ts';
import { openPostgresStore } from './store/postgres/open.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import { createWords } from './words/words.ts';

const HOME = resolve(import.meta.dirname, '..');

/** Starts the assistant and returns how to stop it. */
async function start(config: Config): Promise<() => Promise<void>> {
  const log = createLog({ level: config.logLevel, secrets: config.secrets });
  for (const warning of config.warnings) log.warn(warning);

  // What it keeps
  const { key, warning } = await loadSecretKey(config);
  if (warning) log.warn(warning);
  const store = await openStore(config, key);
  const shared = config.databaseUrl !== null;
  const { storageDir } = config;
  const office = shared
    ? await openSharedOfficeBook(store, storageDir, log)
    : await openOfficeBook(storageDir, log);
  const push = {
    keys: shared
      ? await loadSharedWebPushKeys(store, storageDir)
      : await loadWebPushKeys(storageDir),
  };

  // What it says, and in which order
  const words = createWords(join(HOME, 'locales'));
  const flows = loadFlows(join(HOME, 'flows'));

  // What it does
  const now = Date.now;
  const reader = createPhotoReader({ log });
  const masker = new Masker({ store, drawer: reader, log, now });
  const prepareMasks = (blobIds: readonly string[]) => masker.prepare(blobIds);
  const channels = new Map<ChannelName, Channel>();
  // Known for certain once the server listens, which is before any code is asked for.
  const { publicUrl } = config;
  let address = publicUrl;
  const scannerPage = () => address && `${address}/lan`;
  const shareLinks = new ShareLinks(key);
  const accept = (event: Event) => engine.accept(event);
  const verify = createVerifier({ store, accept, now });
  const caseServer: CaseServer = connectCaseServer(config.caseBackend, {
    store,
    accept,
    verify,
    log,
    now,
  });
  const performers = {
    fetch: createFetch({ store, channels, photos: reader, now }),
    read: createRead({ store, reader, now }),
    submit: createSubmit({
      store,
      backend: caseServer.backend,
      office,
      prepareMasks,
      now,
    }),
    apply: createApply({
      store,
      backend: caseServer.applications,
      prepareMasks,
      tell: (id) => engine.tell(id),
      now,
    }),
    share: createShare({ links: { links: shareLinks, address: () => address }, now }),
    timeline: createTimeline({ store, now }),
    pair: createPair({ store, page: scannerPage, now }),
    erase: createErase({ store, now }),
  };
  const metrics: Metrics = createMetrics({
    ready: () => engine.ready(),
    effects: () => engine.effects(),
    photos: () => engine.photoLoad(),
  });
  const duty = await watchDuty(store);
  const rooms = { store, words, flows, office, duty, channels, performers };
  const engine: Engine = await createEngine({
    ...rooms,
    photoQueue: reader,
    log,
    counts: metrics,
  });

  const rounds = createRounds({ store, office, tell: engine.tell, log, now });

  // Where people meet it
  const { hints, linkCodes } = engine;
  const doors = { store, intake: { accept }, live: engine.live, hints, publicUrl };
  const web = createWebChannel({ ...doors, linkCodes, photos: reader, push });
  const links = new UploadLinks({ store, publicUrl });
  const uploads = uploadRoutes({ ...doors, links, photos: reader });
  const fileLinks = new FileLinks({ key, publicUrl: () => publicUrl });
  const groupPeople = config.telegram?.agents ? new GroupPeople(store, now) : null;
  const forum = connectForum(config.telegram, { ...doors, people: groupPeople, masker, log, now });
  const agentsGroup = forum?.door ?? null;
  const beside = { log, uploadLinks: links, fileLinks, agentsGroup };
  const { platforms, zaloOa } = connectPlatforms(config, { ...doors, ...beside });
  for (const { channel } of [web, ...platforms]) channels.set(channel.name, channel);
  const decide = createCaseDecider({ store, accept, now });
  const { tell } = engine;
  const desk = createDesk({
    ...doors,
    tell,
    flows,
    settings: () => office.snapshot().settings,
    duty,
    carries: (name, file) => channels.get(name)?.carriesFile?.(file) ?? false,
    photos: reader,
    masker,
    decide,
    verify,
    office: createOfficeDesk({ office, store, accept, now }),
    oidc: config.oidc,
    zaloOa,
    groupPeople,
  });
  const group = forum?.open(desk) ?? null;
  const pairing = createPairingRoutes({ store, accept, publicUrl, now });
  const shares = shareRoutes({ links: shareLinks, store, now });
  const server = await createServer({
    config,
    log,
    ready: engine.ready,
    figures: () => ({ photos: { ...engine.photoLoad() } }),
    routes: [web, desk, caseServer, ...platforms]
      .map(({ routes }) => routes)
      .concat(uploads, pairing, shares, operatorRoutes({ store, now }))
      .concat(fileRoutes({ links: fileLinks, store })),
  });

  const { host, metricsPort } = config;
  const listen = async () => {
    const counted =
      metricsPort === null ? null : await serveMetrics(metrics, { host, port: metricsPort });
    return { counted, listening: await server.listen({ host, port: config.port }) };
  };
  const { counted, listening } = await listen().catch(async (error) => {
    // Nothing was taken in: the next start need not take this for a crash.
    await engine.stop();
    await store.close();
    throw error;
  });
  address ??= listening;
  for (const channel of channels.values()) await channel.start();
  await engine.start();
  rounds.start();
  caseServer.start();
  group?.start();
  const url = address;
  log.info(`The chat is at ${url}/ and the desk at ${url}/desk`);
  const link = await desk.setup.offer(url);
  if (link) announceFirstAdmin(link);

  return async () => {
    log.info('stopping');
    await group?.stop();
    for (const channel of channels.values()) await channel.stop();
    const closed = closeServer(server);
    const stopped = Promise.all([rounds.stop(), caseServer.stop()]).then(() => engine.stop());
    const drawn = Promise.all([reader.close(), masker.close()]);
    await Promise.all([closed, stopped, drawn, office.close(), duty.close()]);
    counted?.close();
    await store.close();
    log.info('stopped');
  };
}

/** PostgreSQL where one is given, for as many processes as there are; otherwise a file for one. */
function openStore({ databaseUrl, storageDir }: Config, key: Buffer): Promise<Store> {
  if (databaseUrl !== null) return openPostgresStore({ url: databaseUrl, key });
  return openSqliteStore({ path: join(storageDir, 'unbinding.db'), key });
}

/** Printed, not logged: the link lets its reader in, and logs are kept. */
function announceFirstAdmin(link: string): void {
  console.log(
    `\nNobody can sign in to the desk yet. Open this link once, within 24 hours:\n\n  ${link}\n`,
  );
}

/** What a port says that cannot be listened at. */
const PORT_TROUBLE: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'is taken by another program, or by an assistant that still runs. Stop that one, or give PORT (METRICS_PORT) another number.',
  EACCES: 'may not be used by this user. Give PORT (METRICS_PORT) a number from 1024 on.',
  EADDRNOTAVAIL: 'is no address of this machine. Mend HOST; 127.0.0.1 is this machine alone.',
};

/** A human sentence for what the operator can mend; everything else with its stack. */
function explain(error: unknown): string {
  const { code = '', syscall, address, port } = (error ?? {}) as Record<string, string>;
  const trouble = syscall === 'listen' ? PORT_TROUBLE[code] : undefined;
  if (trouble) return `The assistant cannot start: ${address}:${port} ${trouble}`;
  const known = error instanceof ConfigError || (error instanceof Error && 'code' in error);
  return known && error instanceof Error ? error.message : String((error as Error)?.stack ?? error);
}

try {
  const stop = await start(loadConfig());
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal is for those who cannot wait.
      if (stopping) process.exit(130);
      stopping = true;
      void stop().then(() => process.exit(0));
    });
  }
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
