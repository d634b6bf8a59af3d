import { join, resolve } from 'node:path';
import { createCaseDecider } from './cases/decide.ts';
import { deskBackend } from './cases/desk-backend.ts';
import { createSubmit } from './cases/submit.ts';
import type { Channel } from './channels/contract.ts';
import type { TelegramOptions } from './channels/telegram/options.ts';
import { createTelegramChannel } from './channels/telegram/telegram-channel.ts';
import { defaultSecret, WEBHOOK_PATH } from './channels/telegram/webhook.ts';
import { createWebChannel } from './channels/web/web-channel.ts';
import { type Config, ConfigError, loadConfig, type TelegramConfig } from './config.ts';
import { createDesk } from './desk/desk.ts';
import { watchDuty } from './desk/duty.ts';
import type { ChannelName, Event } from './dialogue/event.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createFetch } from './engine/fetch.ts';
import { Masker } from './engine/mask.ts';
import { createRead } from './engine/read.ts';
import { createPhotoReader } from './evidence/process.ts';
import { loadFlows } from './flows/load.ts';
import { createLog } from './log.ts';
import { openOfficeBook, openSharedOfficeBook } from './office/office-book.ts';
import { loadSecretKey } from './secret-key.ts';
import { createMetrics, type Metrics, serveMetrics } from './server/metrics.ts';
import { createServer } from './server/server.ts';
import type { Store } from './store/contract.ts';
import { openPostgresStore } from './store/postgres/open.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import { loadSharedWebPushKeys, loadWebPushKeys } from './web-push-keys.ts';
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
  const performers = {
    fetch: createFetch({ store, channels, photos: reader, now }),
    read: createRead({ store, reader, now }),
    submit: createSubmit({ store, backend: deskBackend, prepareMasks, now }),
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

  // Where people meet it
  const accept = (event: Event) => engine.accept(event);
  const { publicUrl } = config;
  const doors = { store, intake: { accept }, live: engine.live, publicUrl };
  const web = createWebChannel({ ...doors, photos: reader, push });
  channels.set('web', web.channel);
  const telegram = config.telegram && createTelegram(config.telegram, { ...doors, log });
  if (telegram) channels.set('telegram', telegram.channel);
  const decide = createCaseDecider({ store, accept, now });
  const { tell } = engine;
  const desk = createDesk({
    ...doors,
    tell,
    flows,
    settings: () => office.snapshot().settings,
    cannedReplies: () => office.snapshot().cannedReplies,
    duty,
    photos: reader,
    masker,
    backend: deskBackend,
    decide,
    oidc: config.oidc,
  });
  const server = await createServer({
    config,
    log,
    ready: engine.ready,
    figures: () => ({ photos: { ...engine.photoLoad() } }),
    routes: [web.routes, desk.routes, ...(telegram ? [telegram.routes] : [])],
  });

  const { host, metricsPort } = config;
  const counted =
    metricsPort === null ? null : await serveMetrics(metrics, { host, port: metricsPort });
  const address = await server.listen({ host: config.host, port: config.port });
  for (const channel of channels.values()) await channel.start();
  await engine.start();
  const url = publicUrl ?? address;
  log.info(`The chat is at ${url}/ and the desk at ${url}/desk`);
  const link = await desk.setup.offer(url);
  if (link) announceFirstAdmin(link);

  return async () => {
    log.info('stopping');
    for (const channel of channels.values()) await channel.stop();
    const closed = server.close();
    const stopped = engine.stop();
    await Promise.all([closed, stopped, reader.close(), office.close(), duty.close()]);
    counted?.close();
    await store.close();
    log.info('stopped');
  };
}

/** With a public address Telegram delivers; without one it is asked. */
function createTelegram(
  { token, apiRoot, webhookSecret }: TelegramConfig,
  {
    publicUrl,
    ...shared
  }: Omit<TelegramOptions, 'token' | 'apiRoot' | 'webhook'> & {
    publicUrl: string | null;
  },
) {
  const webhook = publicUrl?.startsWith('https:')
    ? { url: publicUrl + WEBHOOK_PATH, secret: webhookSecret ?? defaultSecret(token) }
    : null;
  return createTelegramChannel({ ...shared, token, apiRoot, webhook });
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

/** A human sentence for what the operator can mend; everything else with its stack. */
function explain(error: unknown): string {
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
