import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createMetrics, serveMetrics } from '../../src/server/metrics.ts';

it('shows Prometheus what a process did and what waits in it', async () => {
  const metrics = createMetrics({
    ready: () => true,
    effects: () => 3,
    photos: () => ({ waiting: 2, oldestMs: 1_500 }),
  });
  metrics.committed({ done: 5, duplicates: 1, seconds: 0.004 });
  metrics.committed({ done: 1, duplicates: 0, seconds: 3 });
  metrics.failed();

  const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  server.close();
  await once(server, 'close');

  for (const line of [
    'unbinding_turns_total{outcome="done"} 6',
    'unbinding_turns_total{outcome="duplicate"} 1',
    'unbinding_commit_seconds_bucket{le="0.005"} 1',
    'unbinding_commit_seconds_count 2',
    'unbinding_commits_failed_total 1',
    'unbinding_ready 1',
    'unbinding_effects_in_line 3',
    'unbinding_photos_waiting 2',
    'unbinding_photos_oldest_seconds 1.5',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toContain('process_resident_memory_bytes');
});
