import { describe, expect, it } from 'vitest';
import { base, CLOCK, DAY, deciding, NOW, reply, text } from '../turns.ts';
import { agent, type TestBed } from './test-bed.ts';

export function upkeepSuite(bed: TestBed): void {
  describe(`the upkeep of ${bed.engine}`, () => {
    it('knows a clean stop from an unclean one', async () => {
      expect(await bed.store.begin()).toEqual({ unclean: false });
      await bed.reopen();
      expect(await bed.store.begin()).toEqual({ unclean: false });
    });

    it('counts how often an event was begun, over restarts', async () => {
      const event = text();
      expect(await bed.store.countAttempt(event)).toBe(1);
      await bed.reopen();
      expect(await bed.store.countAttempt(event)).toBe(2);
      expect(await bed.store.countAttempt(text())).toBe(1);
      await bed.store.sweep(NOW + 8 * DAY);
      expect(await bed.store.countAttempt(event)).toBe(1);
    });

    it('forgets after a week which events it saw', async () => {
      const event = text();
      await bed.run({}, event);
      const again = async () => (await bed.store.commit([event], deciding(), []))[0]?.outcome;
      await bed.store.sweep(event.at + 7 * DAY);
      expect(await again()).toBe('duplicate');
      await bed.store.sweep(event.at + 7 * DAY + 1);
      expect(await again()).toBe('done');
    });

    it('drops photos that no message named for a day, and ended sessions', async () => {
      const loose = await bed.store.putBlob(Buffer.from('loose'), 'image/png');
      const sent = await bed.store.putBlob(Buffer.from('sent'), 'image/png');
      await bed.run({}, { ...base(), type: 'photos', blobIds: [sent] });
      await bed.store.addAgent(agent);
      const session = { tokenHash: 'h', agentId: 'a1', csrf: 'c', expiresAt: CLOCK + DAY + 1 };
      await bed.store.openSession(session);
      await bed.store.sweep(CLOCK + DAY);
      expect(await bed.store.getBlob(loose)).not.toBeNull();
      await bed.store.sweep(CLOCK + DAY + 1);
      expect(await bed.store.getBlob(loose)).toBeNull();
      expect(await bed.store.getBlob(sent)).not.toBeNull();
      expect(await bed.store.session('h', NOW)).toBeNull();
    });

    it('leaves alone what waits', async () => {
      const { effectId } = await bed.send(reply('hello'));
      await bed.run({ effects: [{ kind: 'setTimer', timer: 't', at: NOW }] });
      await bed.store.sweep(NOW + 300 * DAY);
      expect(await bed.idsDue()).toEqual([effectId]);
      expect(await bed.store.dueTimers(NOW, 10)).toHaveLength(1);
    });

    it('says that it is closed to whoever still asks', async () => {
      const closed = await bed.makePlace();
      const other = await closed.open();
      await other.close();
      await other.close();
      await expect(other.commit([text()], deciding(), [])).rejects.toMatchObject({
        code: 'closed',
      });
      await expect(other.agents()).rejects.toMatchObject({ code: 'closed' });
      await closed.remove();
    });
  });
}
