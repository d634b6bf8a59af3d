import type { Logger } from 'pino';
import type { Channel } from '../channels/contract.ts';
import type { ChannelName, Event } from '../dialogue/event.ts';
import type { PhotoQueue } from '../evidence/contract.ts';
import type { Store, TurnOutcome } from '../store/contract.ts';
import { createDecide, type DecideOptions, refuseEvent } from './decide.ts';
import { NotKeptError } from './errors.ts';
import { Hints } from './hints.ts';
import { type CommitCounts, Intake } from './intake.ts';
import { createLinkCodes, type LinkCodes } from './link-codes.ts';
import { Live } from './live.ts';
import type { Performers } from './perform.ts';
import { createQueueWatch, type PhotoLoad } from './queue-watch.ts';
import { createRate } from './rate.ts';
import { createSend } from './send.ts';
import { createTell } from './tell.ts';
import { startTicks } from './ticks.ts';
import { Worker } from './worker.ts';

export interface EngineOptions extends Omit<DecideOptions, 'log'> {
  store: Store;
  channels: ReadonlyMap<ChannelName, Channel>;
  /** Performs what other rooms do: reading photos, submitting cases. */
  performers: Omit<Performers, 'send' | 'tell' | 'rate'>;
  /** The queue of the reader behind `performers.read`, for operators. */
  photoQueue?: PhotoQueue;
  log: Logger;
  counts?: CommitCounts;
  now?: () => number;
}

/** Events in, turns committed, effects out. */
export interface Engine {
  /**
   * Resolves once the event's turn is committed.
   * @throws NotKeptError nothing was kept
   */
  accept(event: Event): Promise<TurnOutcome>;
  readonly live: Pick<Live, 'subscribe'>;
  /** What people do this moment, here and in other processes. */
  readonly hints: Pick<Hints, 'tell' | 'subscribe'>;
  readonly linkCodes: Pick<LinkCodes, 'channels' | 'issue'>;
  /** Says to who listens, in other processes too, that this conversation has news. */
  tell(conversationId: string): void;
  /** Whether what comes in can be kept now. */
  ready(): boolean;
  /** How many photos wait to be read, here and in the reader. */
  photoLoad(): PhotoLoad;
  /** Effects that wait here or are under way. */
  effects(): number;
  /** Goes on with what an earlier process left, and looks for what is due from now on. */
  start(): Promise<void>;
  /** Finishes what it holds and takes nothing more. The store stays open. */
  stop(): Promise<void>;
}

/**
 * Puts the engine together. It takes events at once, and begins with due effects at `start`.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { store, channels, log } = options;
  const now = options.now ?? Date.now;
  const live = new Live();
  const hints = new Hints(store);
  const { unclean } = await store.begin();
  if (unclean) log.warn('the last stop was not a clean one; going on where it stopped');

  const tell = (conversationId: string) => {
    live.tell(conversationId);
    void store.tellNews(conversationId);
  };

  const decideOptions = { ...options, log };
  const intake: Intake = new Intake({
    store,
    decide: createDecide(decideOptions),
    refuse: (why) => refuseEvent(decideOptions, why),
    log,
    careful: unclean,
    counts: options.counts,
    onEffects: (effects) => worker.take(effects),
    onNews: tell,
  });
  const linkCodes = createLinkCodes({ store, channels, words: options.words, now });
  const performers = {
    ...options.performers,
    send: createSend({ store, channels, linkCodes, now }),
    tell: createTell(now),
    rate: createRate({ store }),
  };
  const worker: Worker = new Worker({ store, intake, performers, log, now });
  const photoLoad = (): PhotoLoad => {
    const load = options.photoQueue?.load() ?? { waiting: 0, people: 0, oldestMs: 0 };
    return { ...load, waiting: load.waiting + worker.readingsInLine };
  };
  const watch = createQueueWatch({ load: photoLoad, log, now });
  const stopHearing = [
    await store.hearNews((conversationId) => live.tell(conversationId)),
    await store.hearHints((hint) => hints.hear(hint)),
  ];
  let ticks: ReturnType<typeof startTicks> | null = null;
  let stopping = false;

  return {
    accept: async (event) => {
      if (stopping) throw new NotKeptError('stopping');
      return intake.accept(event);
    },
    live,
    hints,
    linkCodes,
    tell,
    ready: () => intake.healthy && !stopping,
    photoLoad,
    effects: () => worker.length,
    start: async () => {
      await worker.sweep();
      ticks = startTicks({ store, intake, worker, watch, log, now });
    },
    stop: async () => {
      stopping = true;
      // The worker first, and at once: a reader that is stopped too has nothing to say of photos.
      const finished = worker.stop();
      await ticks?.stop();
      // Its results need the intake to be written down.
      await finished;
      await intake.drain();
      for (const stop of stopHearing) stop();
    },
  };
}
