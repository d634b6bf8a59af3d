import { expect, it } from 'vitest';
import { LoneOa } from './lone-oa.ts';
import { ZaloUser } from './zalo-user.ts';

const PROFILE = '/v3.0/oa/user/detail';
const asked = ({ server }: LoneOa) => server.calls.filter(({ path }) => path === PROFILE).length;
const writes = async (user: ZaloUser, lone: LoneOa, text: string) => {
  const before = lone.events.length;
  user.sends('text', { text });
  await expect.poll(() => lone.events.length).toBe(before + 1);
};

it('a person’s name comes from their profile, which is asked for once a day', async () => {
  const lone = await LoneOa.start();
  const user = new ZaloUser(lone.server);
  const name = () => lone.store.personName('zalo-oa', user.person.id);
  await writes(user, lone, 'chào');
  await expect.poll(name).toBe('Minh Trần');
  await writes(user, lone, 'em đây');
  expect(asked(lone)).toBe(1);
  user.person.name = 'Minh T.';
  lone.ahead += 25 * 3_600_000;
  lone.server.oauth.now = lone.now;
  await lone.connect();
  await writes(user, lone, 'em lại đây');
  await expect.poll(name).toBe('Minh T.');
  expect(lone.logged.map(({ msg }) => msg).join()).not.toContain('Minh');
});

it('an account that may read no profiles is not asked for a while, and its people are answered', async () => {
  const lone = await LoneOa.start();
  const [minh, hoa] = [new ZaloUser(lone.server), new ZaloUser(lone.server)];
  lone.server.next(PROFILE, { error: -224 });
  await writes(minh, lone, 'chào');
  await expect.poll(() => asked(lone)).toBe(1);
  await expect.poll(() => lone.logged.some(({ msg }) => msg.includes('profile'))).toBe(true);
  await writes(hoa, lone, 'chào');
  expect(asked(lone)).toBe(1);
  lone.ahead += 2 * 3_600_000;
  await writes(hoa, lone, 'chào lần nữa');
  await expect.poll(() => lone.store.personName('zalo-oa', hoa.person.id)).toBe('Minh Trần');
  expect(await lone.store.personName('zalo-oa', minh.person.id)).toBeNull();
});
