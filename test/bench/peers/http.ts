import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { Assistant } from '../../e2e/assistant.ts';
import type { PostgresServer } from '../../postgres/server.ts';
import { SCRIPT } from '../turns/drive.ts';

const SECONDS = 8;
const CONNECTIONS = [16, 128];
/** People of the run: enough that the limits of one are never met. */
const PEOPLE = 3_000;

interface Person {
  cookie: string;
  address: string;
  said: number;
}

/** Sessions, as pages open them. */
async function arrive(url: string): Promise<Person[]> {
  const people: Person[] = [];
  for (let from = 0; from < PEOPLE; from += 50) {
    const some = Array.from({ length: 50 }, async (_, index) => {
      const number = from + index;
      const address = `10.9.${number >> 8}.${number & 255}`;
      const response = await fetch(`${url}/api/chat/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: '{"language":"vi"}',
      });
      if (!response.ok) throw new Error(`A session was refused: ${response.status}.`);
      const [set = ''] = response.headers.getSetCookie();
      return { cookie: set.split(';')[0] ?? '', address, said: 0 };
    });
    people.push(...(await Promise.all(some)));
  }
  return people;
}

/** Messages to the web chat, answered once their turns are committed. */
async function press(url: string, connections: number, people: Person[]) {
  let next = 0;
  return autocannon({
    url,
    connections,
    duration: SECONDS,
    requests: [
      {
        method: 'POST',
        path: '/api/chat/events',
        setupRequest: (request) => {
          const person = people[next++ % people.length];
          if (!person) return request;
          const text = SCRIPT[person.said++ % SCRIPT.length];
          return {
            ...request,
            headers: {
              'content-type': 'application/json',
              cookie: person.cookie,
              'x-forwarded-for': person.address,
            },
            body: JSON.stringify({ id: randomUUID(), type: 'text', text }),
          };
        },
      },
    ],
  });
}

/** The bare server on Node's own HTTP: reads a small JSON body and says hello. */
async function withHello<T>(work: (url: string) => Promise<T>): Promise<T> {
  const child = fork(join(import.meta.dirname, 'hello-child.ts'));
  const [port] = (await once(child, 'message')) as [number];
  try {
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    child.kill();
  }
}

async function assistantFor(server: PostgresServer | null): Promise<Assistant> {
  const { LD_PRELOAD, FSYNC_US } = process.env;
  return Assistant.begin({
    ...(LD_PRELOAD && FSYNC_US ? { LD_PRELOAD, FSYNC_US } : {}),
    ...(server
      ? { DATABASE_URL: await server.room(), SECRET_KEY: Buffer.alloc(32, 7).toString('base64') }
      : {}),
  });
}

/** From a request to its turn committed, over HTTP, beside a server that does nothing. */
export async function measureHttp(server: PostgresServer | null): Promise<void> {
  console.log(`\nOver HTTP, ${SECONDS} s each`);
  const engines = [
    { name: 'ours, SQLite', server: null },
    ...(server ? [{ name: 'ours, PostgreSQL', server }] : []),
  ];
  for (const connections of CONNECTIONS) {
    const hello = await withHello((url) =>
      autocannon({ url, connections, duration: SECONDS, method: 'POST', body: '{"text":"hello"}' }),
    );
    print(`node:http hello, ${connections}`, hello, null);
    for (const engine of engines) {
      const assistant = await assistantFor(engine.server);
      try {
        const people = await arrive(assistant.url);
        const result = await press(assistant.url, connections, people);
        print(`${engine.name}, ${connections}`, result, hello.requests.average);
      } finally {
        await assistant.remove();
      }
    }
  }
}

function print(name: string, result: autocannon.Result, beside: number | null): void {
  const { average } = result.requests;
  const bad = result.non2xx + result.errors;
  console.log(
    `${name.padEnd(34)}${average.toFixed(0).padStart(9)}/s   p50 ${String(result.latency.p50).padStart(4)} ms   p99 ${String(result.latency.p99).padStart(4)} ms` +
      (beside === null ? '' : `   ${(average / beside).toFixed(2)}x of hello`) +
      (bad > 0 ? `   ${bad} were refused` : ''),
  );
}
