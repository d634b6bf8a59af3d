import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sadpA } from '../conversations/strings.ts';
import type { Said, World } from '../conversations/world.ts';
import { PICTURES, type Step, steps, worldAfter } from './steps.ts';

const RUNS = { numRuns: 200 };
/** A person who answers each question once needs no more turns than this. */
const PATIENCE = 80;

/** The conversation is the bot's again, and nothing is under way. */
function settle(world: World): Said[] {
  const said = world.finish();
  const { owner } = world.conversation;
  if (owner.who !== 'agent' || !owner.agentId) return said;
  const agent = { agentId: owner.agentId, agentName: 'Lan' };
  const back = world.deliver({ ...world.base(), type: 'agentActed', act: 'handBack', ...agent });
  return [...said, ...back];
}

/** A photo, and a serial, of a device that nobody has a case for. */
function freshDevice(world: World): string {
  const serial = `F${String(10_000_000 + world.said.length)}`;
  const like = PICTURES.D12345678;
  if (like?.reading.outcome !== 'read') throw new Error('There is a picture of a label.');
  const serials = like.reading.serials.map((seen) => ({ ...seen, short: serial }));
  world.pictures.set(serial, { reading: { ...like.reading, serials } });
  return serial;
}

function verify(world: World): Said[] {
  return world.verify(true);
}

/** Answers what is asked, as somebody does who knows everything and wants to be done. */
function answer(world: World): Said[] {
  const form = world.conversation.forms.find(({ id }) => id === world.conversation.focus);
  const serial = form?.slots.serial?.state === 'filled' ? form.slots.serial.value.serial.short : '';
  switch (world.asked) {
    case null:
      return world.text('/new');
    case 'network':
      return world.text('khác');
    case 'serial':
      if (form?.drafts.serial?.cannot !== undefined) return world.text('vẫn chọn');
      if (form?.drafts.serial?.picked) {
        return world.text(form.drafts.serial.picked.length > 0 ? 'xong' : 'chỉ một thiết bị');
      }
      return form?.drafts.serial ? world.text('1') : world.text(freshDevice(world));
    case 'proof': {
      if (form?.drafts.proof) return world.text('gửi ảnh khác');
      const like = PICTURES.D12345678;
      if (like?.reading.outcome !== 'read') throw new Error('There is a picture of a label.');
      const serials = like.reading.serials.map((seen) => ({ ...seen, short: serial }));
      world.pictures.set('fitting', { reading: { ...like.reading, serials } });
      return [...world.photos(['fitting']), ...world.finish()];
    }
    case 'sadpString':
      return form?.drafts.misnamed ? world.text('vẫn dùng') : world.text(sadpA());
    case 'deviceReady':
      return world.text('xong');
    case 'company':
      return world.text('Công ty An Bình');
    case 'taxCode':
      return world.text('0100112437');
    case 'licence':
      return world.photos(['licence']);
    case 'phone':
      return world.text('0912345678');
    case 'answer':
      return world.text('Mua ở cửa hàng ạ');
    case 'consent':
      return world.text('đồng ý');
    case 'verified':
      return verify(world);
    case 'review':
      return world.text('gửi');
  }
}

/** Whether the person gets a case to its end in so many turns. */
function finishes(world: World): boolean {
  for (let turn = 0; turn < PATIENCE; turn += 1) {
    const said = [...settle(world), ...answer(world), ...settle(world)].map(({ key }) => key);
    if (said.some((key) => /^case\.(?:submitted|sentAgain)/.test(key))) return true;
    // Somebody's open case: another device will do.
    if (said.some((key) => key.startsWith('case.duplicate'))) {
      world.text('sửa số seri');
      world.text(freshDevice(world));
    }
    // Thirty photos are enough; those who want to send more begin again.
    if (said.includes('photo.tooMany')) {
      world.text('/restart');
      world.text('có');
    }
  }
  return false;
}

function settledAfter(happens: readonly Step[]): World {
  const world = worldAfter(happens);
  settle(world);
  return world;
}

describe('from wherever a conversation has come to', { timeout: 60_000 }, () => {
  it('there is a way to finish: answering what is asked ends in a case', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        expect(finishes(settledAfter(happens))).toBe(true);
      }),
      RUNS,
    );
  });

  it('there is a way to cancel: the command and a yes close what was being filled', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        const world = settledAfter(happens);
        world.text('/help');
        const { focus } = world.conversation;
        const asked = world.text('/cancel').map(({ key }) => key);
        if (focus === null) {
          expect(asked).toEqual(['cancel.nothing']);
          return;
        }
        expect(asked).toEqual([expect.stringMatching(/^(?:cancel\.confirm|verify\.stopConfirm)$/)]);
        const [done] = world.text('có').map(({ key }) => key);
        expect(done).toMatch(/^(?:cancel\.(?:done|repairDone)|verify\.stopped)$/);
        expect(world.conversation.forms.some(({ id }) => id === focus)).toBe(false);
      }),
      RUNS,
    );
  });

  it('a "no" to cancelling keeps everything that was filled', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        const world = settledAfter(happens);
        world.text('/help');
        const { forms, focus } = world.conversation;
        fc.pre(focus !== null);
        world.text('/cancel');
        const said = world.text('không').map(({ key }) => key);
        expect(said[0]).toBe('confirm.kept');
        expect(world.conversation.forms).toEqual(forms);
        expect(world.conversation.focus).toBe(focus);
      }),
      RUNS,
    );
  });

  it('there is a way to a human, by command, and mostly by words', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        const world = settledAfter(happens);
        const words = world.asked === 'answer' ? '/nhanvien' : 'gặp nhân viên';
        const said = world.text(words).map(({ key }) => key);
        expect(said).toEqual(expect.arrayContaining([expect.stringMatching(/^human\.queued\./)]));
        expect(world.conversation.owner.who).toBe('queued');
      }),
      RUNS,
    );
  });

  it('help, status and a change of language lose nothing', () => {
    fc.assert(
      fc.property(steps, (happens) => {
        const world = settledAfter(happens);
        world.text('/help');
        const { forms, focus } = world.conversation;
        for (const command of ['/status', '/en', '/vi', '/tips', '/help', '/start', '/language']) {
          expect(world.text(command).length).toBeGreaterThan(0);
        }
        expect(world.conversation.forms).toEqual(forms);
        expect(world.conversation.focus).toBe(focus);
      }),
      RUNS,
    );
  });
});
