import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import forum from '../../locales/vi/forum.json' with { type: 'json' };
import { Person } from '../channels/telegram/person.ts';
import { Assistant } from '../e2e/assistant.ts';
import { whyNoPostgres } from '../postgres/binaries.ts';
import { PostgresServer } from '../postgres/server.ts';
import { ForumHouse } from './house.ts';

describe.skipIf(whyNoPostgres() !== null)("the agents' group over one PostgreSQL", () => {
  let database: PostgresServer;
  beforeAll(async () => {
    database = await PostgresServer.begin();
  });
  afterAll(() => database?.remove());

  it('is one process’ work; when that one is killed the other goes on, and nothing is lost or told twice', async () => {
    const settings = {
      DATABASE_URL: await database.room(),
      SECRET_KEY: randomBytes(32).toString('base64'),
    };
    const house = await ForumHouse.build(settings, async (all) => {
      const second = await Assistant.begin(all);
      onTestFinished(() => second.remove());
    });
    onTestFinished(() => house.remove());
    const lan = await house.agent();

    const installer = new Person(house.telegram);
    installer.patience = 30_000;
    installer.writes('chào, trước');
    const topic = await house.topicWith('chào, trước');
    await lan.presses(topic, forum.button.takeOver);
    await installer.hears('Lan');
    await house.assistant.kill();
    installer.writes('sau khi tắt');
    lan.writes(topic, 'em vẫn ở đây');
    await installer.hears('em vẫn ở đây');
    await lan.reads(topic, 'sau khi tắt');
    const said = house.group.saidIn(topic);
    for (const words of ['chào, trước', 'sau khi tắt']) expect(said.split(words)).toHaveLength(2);
    expect(house.group.open).toHaveLength(1);
  }, 120_000);
});
