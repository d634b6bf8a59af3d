import { once } from 'node:events';
import { drive } from '../turns/drive.ts';
import { openBenchEngine } from '../turns/engine.ts';

// One of several processes over one PostgreSQL: address, own number, turns in flight, turns.
const [url = '', number = '0', inFlight = '1', turns = '1'] = process.argv.slice(2);
const { engine, store } = await openBenchEngine(url);
const how = { count: 500, inFlight: Number(inFlight), chats: `of-${number}-` };
await drive(engine, { ...how, turns: 500, seed: 1 + 10 * Number(number) });
const told = once(process, 'message');
process.send?.('ready');
await told;
const measured = await drive(engine, {
  ...how,
  turns: Number(turns),
  seed: 2 + 10 * Number(number),
});
process.send?.(measured);
await engine.stop();
await store.close();
process.disconnect();
