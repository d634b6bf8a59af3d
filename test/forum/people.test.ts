import { beforeEach, describe, expect, it } from 'vitest';
import { GroupPeople } from '../../src/desk/group-people.ts';
import { readLinkCode } from '../../src/domain/link-code.ts';
import type { Store } from '../../src/store/contract.ts';
import { agent } from '../store/contract/test-bed.ts';
import { NOW } from '../store/turns.ts';
import { LoneForum } from './lone-forum.ts';

const MINH = { ...agent, agentId: 'a2', name: 'Minh', login: 'minh' };

describe("who in the agents' group is which agent", () => {
  let store: Store;
  let people: GroupPeople;
  let now = NOW;
  beforeEach(async () => {
    ({ store } = await LoneForum.build());
    await store.addAgent(agent);
    await store.addAgent(MINH);
    now = NOW;
    people = new GroupPeople(store, () => now);
  });
  const codeFor = async (agentId: string) =>
    readLinkCode(`/link ${(await people.offerCode(agentId)).code}`) ?? '';

  it('is known by a code from the desk, which works once', async () => {
    const code = await codeFor('a1');
    expect((await people.link(code, 71))?.name).toBe('Lan');
    expect(await people.link(code, 72)).toBeNull();
    expect((await people.agentOf(71))?.agentId).toBe('a1');
    expect(await people.agentOf(72)).toBeNull();
    expect(await people.isLinked('a1')).toBe(true);
  });

  it('is not learnt from a code that is wrong, late, or was followed by another', async () => {
    const first = await codeFor('a1');
    const second = await codeFor('a1');
    expect(await people.link(first, 71)).toBeNull();
    expect(await people.link('BCFGHJKLM', 71)).toBeNull();
    now += 16 * 60_000;
    expect(await people.link(second, 71)).toBeNull();
    now = NOW;
    expect(await people.link(second, 71)).toBeNull();
  });

  it('is one person each way: the newest link counts', async () => {
    await people.link(await codeFor('a1'), 71);
    await people.link(await codeFor('a1'), 72);
    expect(await people.agentOf(71)).toBeNull();
    await people.link(await codeFor('a2'), 72);
    expect((await people.agentOf(72))?.name).toBe('Minh');
    expect(await people.isLinked('a1')).toBe(false);
  });

  it('ends with the agent’s leave, and at their wish; both ends of it are in the trail', async () => {
    await people.link(await codeFor('a1'), 71);
    await people.link(await codeFor('a2'), 72);
    await people.unlink('a1');
    await people.unlink('a1');
    expect(await people.agentOf(71)).toBeNull();
    await store.changeAgent('a2', { role: 'left' });
    expect(await people.agentOf(72)).toBeNull();
    const trail = (await store.auditTrail(10)).map(({ actor, action }) => `${actor} ${action}`);
    expect(trail).toEqual(['a1 telegram.unlink', 'a2 telegram.link', 'a1 telegram.link']);
  });
});
