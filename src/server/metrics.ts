import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What a commit of turns did, for whoever counts. */
interface Committed {
  done: number;
  duplicates: number;
  seconds: number;
}

/** What is asked at each look. */
export interface Gauges {
  /** Whether what comes in can be kept. */
  ready(): boolean;
  /** Effects that this process performs or has in line. */
  effects(): number;
  photos(): { waiting: number; oldestMs: number };
}

export interface Metrics {
  committed(commit: Committed): void;
  /** A commit that kept nothing. */
  failed(): void;
  /** All of it in the text format of Prometheus. */
  text(): Promise<string>;
}

/** Counts of this process: numbers only, nothing that anybody sent. */
export function createMetrics(gauges: Gauges): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const turns = new Counter({
    name: 'unbinding_turns_total',
    help: 'Turns by outcome: done, or a duplicate that changed nothing.',
    labelNames: ['outcome'],
    registers,
  });
  const commits = new Histogram({
    name: 'unbinding_commit_seconds',
    help: 'How long the commits of turns took.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const failures = new Counter({
    name: 'unbinding_commits_failed_total',
    help: 'Commits that kept nothing, since the store could not.',
    registers,
  });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('unbinding_ready', '1 while what comes in can be kept.', () => (gauges.ready() ? 1 : 0));
  gauge('unbinding_effects_in_line', 'Effects that wait here or are under way.', gauges.effects);
  gauge('unbinding_photos_waiting', 'Photos that wait to be read.', () => gauges.photos().waiting);
  gauge(
    'unbinding_photos_oldest_seconds',
    'How long the oldest of them has waited.',
    () => gauges.photos().oldestMs / 1000,
  );

  return {
    committed({ done, duplicates, seconds }) {
      turns.inc({ outcome: 'done' }, done);
      turns.inc({ outcome: 'duplicate' }, duplicates);
      commits.observe(seconds);
    },
    failed: () => failures.inc(),
    text: () => register.metrics(),
  };
}

/**
 * Serves `/metrics` on a port of its own, which no proxy leads the public to.
 * @throws what listening throws, such as a port in use
 */
export async function serveMetrics(
  metrics: Pick<Metrics, 'text'>,
  where: { host: string; port: number },
): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.setHeader('content-type', 'text/plain; version=0.0.4').end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(where);
  await once(server, 'listening');
  return server;
}
