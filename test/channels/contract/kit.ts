import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentFile } from '../../../src/dialogue/event.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import { sadpB } from '../../conversations/strings.ts';
import { label, wordsOf } from '../../e2e/sentences.ts';
import { plainPicture } from '../../pictures/index.ts';
import type { Candidate, Client, Mishap, Stage } from './candidate.ts';

const quality = { width: 1200, height: 900, sharpness: 100, brightness: 120, contrast: 50 };
const PATIENCE = { timeout: 12_000, interval: 25 };

function shows(short: string): Reading {
  const serials = [{ short, by: 'qrCode' as const, confidence: 1, anchored: true }];
  return { outcome: 'read', serials, shareQr: false, quality };
}

const say = (key: string) => wordsOf('vi', key);
const GREETING = say('network.ask');

/** What every channel has to do, as far as its platform gives it. */
export function channelContract({ name, gives, build }: Candidate): void {
  describe(`the channel ${name}`, () => {
    let stage: Stage;
    let minh: Client;
    beforeEach(async () => {
      stage = await build();
      minh = await stage.join('vi');
    });
    afterEach(async () => {
      const { logged } = stage.house;
      await stage.end();
      expect(logged.join('')).not.toContain(stage.secret);
    });

    const sees = (who: Client, text: string) =>
      vi.waitFor(async () => expect((await who.sees()).join('\n')).toContain(text), PATIENCE);
    const count = async (text: string) =>
      (await minh.sees()).filter((one) => one.includes(text)).length;
    const heard = async () =>
      (await stage.house.lines())
        .filter((line) => line.author === 'installer')
        .map((line) => line.shown.text);
    const atSerial = async () => {
      await minh.writes('mạng khác');
      await sees(minh, say('serial.ask'));
    };

    it.runIf(gives.personName)('tells agents what the person is called, and no log', async () => {
      await minh.writes('xin chào');
      await sees(minh, GREETING);
      await vi.waitFor(async () => {
        const [row] = await stage.house.store.conversationsForDesk(1);
        expect(row?.accountName).toBe(gives.personName);
      }, PATIENCE);
      expect(stage.house.logged.join('')).not.toContain(`"${gives.personName}"`);
    });

    describe('what comes in', () => {
      it('becomes a turn, in order, and is answered', async () => {
        await minh.writes('xin chào');
        await sees(minh, GREETING);
        await minh.writes('mạng khác');
        await minh.writes('D12345678');
        await sees(minh, say('serial.taken'));
        expect((await heard()).slice(-3)).toEqual(['xin chào', 'mạng khác', 'D12345678']);
      });

      it.runIf(gives.signed)('is refused without its proof, and leaves no trace', async () => {
        expect(await stage.forge()).toBe(true);
        expect(await heard()).toEqual([]);
      });

      it.runIf(gives.redelivers)('is one turn, however often it is delivered', async () => {
        await atSerial();
        await stage.redeliver(minh);
        await stage.redeliver(minh);
        await minh.writes('trợ giúp');
        await sees(minh, say('help.words'));
        expect((await heard()).filter((text) => text === 'mạng khác')).toHaveLength(1);
        expect(await count('xin chào')).toBe(0);
      });

      it.runIf(gives.redelivers)('loses nothing when it comes the wrong way round', async () => {
        await atSerial();
        await stage.deliverReordered(minh, 'D12345678', 'trợ giúp');
        await vi.waitFor(async () => {
          expect((await heard()).slice(-2).sort()).toEqual(['D12345678', 'trợ giúp']);
        }, PATIENCE);
        await sees(minh, say('serial.taken'));
      });

      it('is answered after a restart between its receipt and its answer, once', async () => {
        await minh.writes('xin chào');
        await sees(minh, GREETING);
        stage.house.holdDeliveries();
        await minh.writes('mạng khác');
        await vi.waitFor(async () => expect(await heard()).toContain('mạng khác'), PATIENCE);
        await stage.house.restart();
        await sees(minh, say('serial.ask'));
        expect((await heard()).filter((text) => text === 'mạng khác')).toHaveLength(1);
        expect(await count(say('serial.ask'))).toBe(1);
      }, 30_000);
    });

    describe.runIf(gives.buttons)('buttons', () => {
      it('answer the question, and explain themselves once it is past', async () => {
        await minh.writes('xin chào');
        await sees(minh, GREETING);
        const other = label('vi', 'network.choice.other');
        await minh.presses(other);
        await sees(minh, say('serial.ask'));
        await minh.presses(other);
        await sees(minh, say('stale.here'));
      });
    });

    describe.runIf(gives.files)('files', () => {
      it('of an album get one answer', async () => {
        await atSerial();
        await minh.writes('D12345678');
        await sees(minh, say('proof.ask'));
        let read = 0;
        stage.house.reader = async () => {
          read += 1;
          return { reading: shows('D12345678') };
        };
        await minh.sendsAlbum([jpeg(1), jpeg(2), jpeg(3)]);
        await sees(minh, say('proof.shown'));
        expect(read).toBe(3);
        await minh.writes('trợ giúp');
        await sees(minh, say('help.words'));
        expect(await count(say('proof.shown'))).toBe(1);
        const photos = (await stage.house.lines()).flatMap(({ blobIds }) => blobIds);
        expect(photos).toHaveLength(3);
      });

      it('with a string are taken as they are, and sealed', async () => {
        await minh.writes('xin chào');
        await sees(minh, GREETING);
        const name = '[D12345678]-[202611241000].xml';
        await minh.sendsFile(name, Buffer.from(sadpB('kit')));
        await sees(minh, say('sadpString.taken'));
        const text = JSON.stringify(await stage.house.lines()) + stage.house.logged.join('');
        expect(text).not.toContain(sadpB('kit').slice(0, 40));
      });

      it('that are too large are told so', async () => {
        await atSerial();
        await minh.sendsHugePhoto();
        await sees(minh, say('unsupported.photoTooLarge'));
      });
    });

    it.runIf(gives.otherKinds)('says what it wants when something else comes', async () => {
      await atSerial();
      await minh.sendsOtherKind();
      await sees(minh, say('unsupported.sticker'));
    });

    describe.runIf(gives.edits)('an edited message', () => {
      it('corrects its answer while the case is being filled in', async () => {
        await atSerial();
        await minh.writes('D12345687');
        await sees(minh, 'D12345687');
        await minh.edits('D12345678');
        await sees(minh, `${say('serial.taken')} D12345678`);
        await sees(minh, say('proof.ask'));
      });

      it('that can correct nothing any more is told so', async () => {
        await atSerial();
        await minh.writes('D12345678');
        await sees(minh, say('proof.ask'));
        await minh.writes('sửa số seri');
        await sees(minh, say('correct.done'));
        await minh.edits('sửa ảnh');
        await sees(minh, say('edit.tooLate'));
      });
    });

    describe.runIf(gives.sends)('what goes out', () => {
      it.each<Mishap>(['tooFast', 'tooFastNoTime', 'serverError'])(
        'goes out later, once, after %s, and holds up nobody else',
        async (mishap) => {
          await minh.writes('xin chào');
          await sees(minh, GREETING);
          stage.mishap(minh, mishap);
          await minh.writes('mạng khác');
          const lan = await stage.join('vi');
          await lan.writes('xin chào');
          await sees(lan, GREETING);
          await sees(minh, say('serial.ask'));
          expect(await count(say('serial.ask'))).toBe(1);
        },
        30_000,
      );

      it('is not lost when the answer is, though it may appear twice', async () => {
        await minh.writes('xin chào');
        await sees(minh, GREETING);
        stage.mishap(minh, 'answerLost');
        await minh.writes('mạng khác');
        await sees(minh, say('serial.ask'));
        await vi.waitFor(async () => {
          const lines = await stage.house.lines();
          expect(lines.map(({ delivery }) => delivery)).not.toContain('due');
        }, PATIENCE);
        expect((await heard()).filter((text) => text === 'mạng khác')).toHaveLength(1);
        expect(await count(say('serial.ask'))).toBeLessThanOrEqual(2);
      }, 30_000);

      it('stops while the person has blocked it, and goes on when they come back', async () => {
        await minh.writes('xin chào');
        await sees(minh, GREETING);
        stage.mishap(minh, 'blocked');
        await minh.writes('mạng khác');
        await vi.waitFor(async () => {
          const lines = await stage.house.lines();
          expect(lines.map(({ delivery }) => delivery)).toContain('failed');
          expect(lines.map(({ delivery }) => delivery)).not.toContain('due');
        }, PATIENCE);
        await minh.unblocks();
        await minh.writes('D12345678');
        await sees(minh, say('serial.taken'));
      });

      it('is whole, however long, and means what it says', async () => {
        await minh.writes('xin chào');
        await sees(minh, GREETING);
        const [row] = await stage.house.store.conversationsForDesk(1);
        const sentence = 'Giá trị <b> & "C" 😀 phải < 5. ';
        const text = `đầu ${sentence.repeat(120)}cuối`.slice(-4000);
        const agent = { agentId: 'lan', agentName: 'Lan' };
        const base = { at: Date.now(), channel: row?.channel ?? 'web', chatId: row?.chatId ?? '' };
        await stage.house.engine.accept({
          ...base,
          eventId: 'takes',
          type: 'agentActed',
          act: 'takeOver',
          ...agent,
        });
        await stage.house.engine.accept({
          ...base,
          eventId: 'says',
          type: 'agentActed',
          act: 'say',
          ...agent,
          text,
        });
        await sees(minh, 'cuối');
        const shown = (await minh.sees()).join(' ').replace(/\s+/g, ' ');
        expect(shown).toContain(sentence.repeat(100).trim());
      });
    });

    describe('an agent who takes over', () => {
      const agent = { agentId: 'lan', agentName: 'Lan' };
      const acts = async (
        act: 'takeOver' | 'handBack' | 'say',
        more: { photo?: string; file?: AgentFile } = {},
      ) => {
        const [newest] = await stage.house.store.conversationsForDesk(1);
        const base = { channel: newest?.channel ?? 'web', chatId: newest?.chatId ?? '' };
        const event = { ...base, eventId: act, at: Date.now(), type: 'agentActed' as const, act };
        await stage.house.engine.accept({ ...event, ...agent, ...more });
      };

      it.runIf(gives.photosOut)('shows a photo', async () => {
        await minh.writes('xin chào');
        await sees(minh, GREETING);
        await acts('takeOver');
        const photo = await plainPicture();
        const blobId = await stage.house.store.putBlob(photo, 'image/jpeg');
        await acts('say', { photo: blobId });
        await vi.waitFor(async () => {
          const last = (await stage.house.lines()).at(-1);
          expect(last).toMatchObject({ author: 'agent', blobIds: [blobId], delivery: 'sent' });
        }, PATIENCE);
        const [row] = await stage.house.store.conversationsForDesk(1);
        const { conversationId = '' } = row ?? {};
        expect(await stage.house.store.blobBelongsTo(blobId, conversationId)).toBe(true);
      });

      it.runIf(gives.agentFiles)('sends a file, which comes whole', async () => {
        await minh.writes('xin chào');
        await sees(minh, GREETING);
        await acts('takeOver');
        const bytes = Buffer.from('%PDF-1.7 hướng dẫn');
        const mime = 'application/pdf';
        const blobId = await stage.house.store.putBlob(bytes, mime);
        const file = { blobId, name: 'hướng dẫn (1).pdf', size: bytes.length };
        expect(stage.house.carriesFile({ mime, size: bytes.length })).toBe(true);
        await acts('say', { file });
        await vi.waitFor(async () => {
          const last = (await stage.house.lines()).at(-1);
          expect(last).toMatchObject({ author: 'agent', shown: { file }, delivery: 'sent' });
        }, PATIENCE);
        const [row] = await stage.house.store.conversationsForDesk(1);
        expect(await stage.house.store.blobBelongsTo(blobId, row?.conversationId ?? '')).toBe(true);
        if (gives.agentFiles === 'shown') {
          expect(await minh.files?.()).toEqual([bytes.toString()]);
          return;
        }
        await sees(minh, file.name);
        const link = /https?:\S+\/f\/\S+/.exec((await minh.sees()).join('\n'))?.[0] ?? '';
        const answer = await fetch(link);
        expect(answer.headers.get('content-disposition')).toContain('attachment');
        expect(await answer.text()).toBe(bytes.toString());
        expect(stage.house.logged.join('')).not.toContain(link.split('/f/')[1]);
      });

      it('is not talked over: what waited is never delivered, and no button slips through', async () => {
        await minh.writes('xin chào');
        await sees(minh, GREETING);
        stage.house.holdDeliveries();
        await minh.writes('mạng khác');
        await vi.waitFor(async () => expect(await heard()).toContain('mạng khác'), PATIENCE);
        await acts('takeOver');
        await stage.house.restart();
        await sees(minh, 'Lan đã vào hỗ trợ');
        await minh.writes('D12345678');
        if (gives.buttons) await minh.presses(label('vi', 'network.choice.lan'));
        const said = gives.buttons ? 'Mạng LAN (SADP)' : 'D12345678';
        await vi.waitFor(async () => expect((await heard()).at(-1)).toContain(said), PATIENCE);
        await vi.waitFor(async () => {
          const lines = await stage.house.lines();
          const late = lines.filter(({ shown }) => shown.text.includes(say('serial.ask')));
          expect(late.map(({ delivery }) => delivery)).toEqual(['cancelled']);
        }, PATIENCE);
        expect(await count(say('serial.ask'))).toBe(0);
        await acts('handBack');
        // The bot goes on from what it held at the take-over: the serial was for the agent's eyes.
        await sees(minh, say('handoff.back'));
        await sees(minh, 'D12345678');
      });
    });
  });
}

/** Bytes that begin as a JPEG does, no two alike. */
function jpeg(nth: number): Buffer {
  return Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.from(`picture ${nth}`)]);
}
