import fc from 'fast-check';
import type { z } from 'zod';
import { EventSchema, type FileContentSchema } from '../../src/dialogue/event.ts';
import { patterns } from '../../src/dialogue/patterns/index.ts';
import { CaseStatusSchema, RefusalReasonSchema } from '../../src/domain/case.ts';
import { writeScan } from '../../src/domain/lan-text.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { scanOf } from '../conversations/scans.ts';
import { sadpA, sadpB } from '../conversations/strings.ts';
import { type Said, World } from '../conversations/world.ts';

type FileContent = z.infer<typeof FileContentSchema>;

/** Something that happens to a conversation. What it refers to is picked when it happens. */
export type Step =
  | { does: 'opens' }
  | { does: 'writes'; text: string }
  | { does: 'writesEditable'; message: string; text: string }
  | { does: 'edits'; message: string; text: string }
  | { does: 'presses'; nth: number }
  | { does: 'pressesJunk'; token: string }
  | { does: 'photographs'; pictures: string[]; caption?: string }
  | { does: 'sendsFile'; name: string; content: FileContent }
  | { does: 'scans'; devices: string[]; pasted: boolean }
  | { does: 'sendsUnsupported'; what: 'voice' | 'sticker' | 'emptyAlbum' | 'notAPicture' }
  | { is: 'oneResult' | 'allResults' | 'aTimer' }
  | { is: 'attachment'; pictures: string[]; caption?: string; album?: string }
  | { is: 'time'; minutes: number }
  | { is: 'verification'; verified: boolean }
  | { is: 'decision'; nth: number; change: Parameters<World['decide']>[0] }
  | { is: 'agent'; act: 'takeOver' | 'handBack' | 'say' }
  | { is: 'takenElsewhere'; serial: string }
  | { is: 'heldUp'; how: 'caseWaits' | 'caseUntaken' };

/** Every secret that a step may send. */
export const SECRETS = [sadpA(), sadpB(), sadpA('another')];
const SERIALS = ['D12345678', 'E12345678', 'AD1234567', '123456789'];

/** Neighbours in a list of devices, more than one question has buttons for. */
const LISTED = Array.from({ length: 8 }, (_, index) => `F1000000${index}`);

const quality = { width: 1200, height: 900, sharpness: 100, brightness: 120, contrast: 50 };

function seen(shorts: string[], confidence = 1): Reading {
  const serials = shorts.map((short) => ({
    short,
    by: 'qrCode' as const,
    confidence,
    anchored: confidence === 1,
  }));
  return { outcome: 'read', serials, shareQr: false, quality };
}

const nothing = (trouble: 'blurred' | 'noCode') => ({
  outcome: 'read' as const,
  serials: [],
  shareQr: false,
  quality,
  trouble,
});

/** Serials in print, read but not surely. */
const printed = (shorts: string[]) => ({
  outcome: 'read' as const,
  serials: shorts.map((short) => ({ short, by: 'ocr' as const, confidence: 0.7, anchored: true })),
  shareQr: false,
  quality,
});

/** What the reader answers for each picture. */
export const PICTURES: Record<string, { reading: Reading; sadpString?: string }> = {
  ...Object.fromEntries(SERIALS.map((serial) => [serial, { reading: seen([serial]) }])),
  two: { reading: seen(['D12345678', 'E12345678']) },
  glimpsed: { reading: seen(['D12345678'], 0.5) },
  blurred: { reading: nothing('blurred') },
  wall: { reading: nothing('noCode') },
  huge: { reading: { outcome: 'refused', why: 'tooManyPixels' } },
  down: { reading: { outcome: 'failed' } },
  share: { reading: { outcome: 'read', serials: [], shareQr: true, quality } },
  glare: { reading: { ...nothing('noCode'), fault: 'glare' } },
  near: { reading: printed(['D12345673']) },
  list: { reading: { ...printed([...SERIALS, ...LISTED]), sadpList: true } },
  string: { reading: nothing('noCode'), sadpString: sadpB() },
};

const secret = fc.constantFrom(...SECRETS);
/** A whole string or a part of it, as people send one: bare, in lines, in words, in XML. */
const secretText = fc.oneof(
  secret,
  fc
    .tuple(secret, fc.nat(200), fc.integer({ min: 24, max: 200 }))
    .map(([text, from, length]) => text.slice(from, from + length)),
  fc
    .tuple(secret, fc.integer({ min: 20, max: 76 }))
    .map(([text, width]) => text.replace(new RegExp(`.{${width}}`, 'g'), '$&\n')),
  fc
    .tuple(secret, fc.nat(60))
    .map(([text, cut]) => `em gửi ạ ${text.slice(0, text.length - cut)} nhé`),
  secret.map((text) => `<?xml version="1.0"?><Code>${text}</Code>`),
  secret.map((text) => `<!DOCTYPE a [<!ENTITY b "c">]><Code>${text}</Code>`),
);

const words = fc.constantFrom(
  ...[
    '1',
    '2',
    '3',
    '4',
    'lan',
    'khác',
    'có',
    'không',
    'đúng rồi',
    'đồng ý',
    'gửi',
    'xong',
    'đóng',
  ],
  ...['sửa số seri', 'sửa mạng', 'sửa ảnh', 'sửa chuỗi', 'chào em', 'cảm ơn', 'gỡ giúp em con này'],
  ...[
    'không có máy tính',
    'cách lấy',
    'xuất lại',
    'chụp lại',
    'DO1234567',
    'S/N: 123456789',
    'D1234',
  ],
  ...['/start', '/status', '/vi', '/en', '/nothing', '😀', '', ' ', 'Huy', 'anh Lân'],
  ...['quét mạng', 'vẫn chọn', 'chọn thiết bị khác', 'xem tiếp', '192.168.1.11'],
  ...['D12345678\nE12345678', 'F12345678, E12345678, D12345678', 'tất cả', 'gửi tất cả'],
  ...['Công ty An Bình', '0100112437', '0912345678'],
  ...SERIALS,
  ...patterns.flatMap(({ phrases }) => phrases.slice(0, 2)),
  ...patterns.flatMap(({ commands }) => commands.map((command) => `/${command}`)),
);

const text = fc.oneof(
  { weight: 8, arbitrary: words },
  { weight: 2, arbitrary: secretText },
  { weight: 1, arbitrary: fc.string({ maxLength: 60, unit: 'grapheme' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('a'.repeat(20_000), `QRC03010003${'eJxLy00sTs4vSk1R'.repeat(5)}`),
  },
);

const fileContent: fc.Arbitrary<FileContent> = fc.oneof(
  secretText.map((content) => ({ kind: 'text' as const, text: content })),
  fc.constantFrom<FileContent>(
    { kind: 'text', text: 'ghi chú' },
    { kind: 'empty' },
    { kind: 'archive' },
    { kind: 'tooLarge' },
    { kind: 'notText' },
  ),
);

const change = fc
  .record(
    {
      status: CaseStatusArbitrary(),
      reason: fc.constantFrom(...RefusalReasonSchema.options),
      note: fc.constantFrom('Chụp lại giúp em', ''),
      reopen: fc.subarray(['network', 'serial', 'proof', 'sadpString', 'review', 'nothing']),
      question: fc.constantFrom('Mua ở đâu?'),
    },
    { requiredKeys: ['status'] },
  )
  .map((one) => JSON.parse(JSON.stringify(one)) as Parameters<World['decide']>[0]);

function CaseStatusArbitrary() {
  return fc.constantFrom(...CaseStatusSchema.options);
}

function scannedDevice(serial: string): fc.Arbitrary<string> {
  return fc.constantFrom('', 'on', 'off', 'unbound').map((state) => `${serial} ${state}`);
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: text.map((content) => ({ does: 'writes' as const, text: content })) },
  { weight: 8, arbitrary: fc.nat(40).map((nth) => ({ does: 'presses' as const, nth })) },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        fc.constantFrom('f1.serial.0.c0', '-.human.0.-', 'f1.review.1.submit', 'x'),
        fc.string(),
      )
      .map((token) => ({ does: 'pressesJunk' as const, token: token.slice(0, 64) })),
  },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        does: fc.constant('photographs' as const),
        pictures: fc.array(fc.constantFrom(...Object.keys(PICTURES)), {
          minLength: 1,
          maxLength: 3,
        }),
        caption: fc.oneof(words, secretText),
      },
      { requiredKeys: ['does', 'pictures'] },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom('writesEditable' as const, 'edits' as const),
      message: fc.constantFrom('m1', 'm2'),
      text,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        is: fc.constant('attachment' as const),
        pictures: fc.array(fc.constantFrom(...Object.keys(PICTURES)), {
          minLength: 1,
          maxLength: 2,
        }),
        caption: fc.oneof(words, secretText),
        album: fc.constantFrom('album1', 'album2'),
      },
      { requiredKeys: ['is', 'pictures'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('sendsFile' as const),
      name: fc.constantFrom(
        'a.xml',
        '[D12345678]-[202611230930].xml',
        '[E12345678]-[202601010000].xml',
      ),
      content: fileContent,
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        'voice' as const,
        'sticker' as const,
        'emptyAlbum' as const,
        'notAPicture' as const,
      )
      .map((what) => ({ does: 'sendsUnsupported' as const, what })),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('scans' as const),
      devices: fc
        .subarray([...SERIALS, ...LISTED])
        .chain((serials) => fc.tuple(...serials.map(scannedDevice))),
      pasted: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'opens' as const }) },
  {
    weight: 8,
    arbitrary: fc
      .constantFrom('oneResult' as const, 'allResults' as const, 'aTimer' as const)
      .map((is) => ({ is })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1, max: 3 * 24 * 60 })
      .map((minutes) => ({ is: 'time' as const, minutes })),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((verified) => ({ is: 'verification' as const, verified })),
  },
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constant('decision' as const), nth: fc.nat(3), change }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('takeOver' as const, 'handBack' as const, 'say' as const)
      .map((act) => ({ is: 'agent' as const, act })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...SERIALS)
      .map((serial) => ({ is: 'takenElsewhere' as const, serial })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('caseWaits' as const, 'caseUntaken' as const)
      .map((how) => ({ is: 'heldUp' as const, how })),
  },
);

/** The way to a decided case, or the beginning of it, so that what comes at random meets every state. */
const filled: fc.Arbitrary<Step[]> = fc
  .record({
    network: fc.constantFrom('lan', 'khác'),
    serial: fc.constantFrom(...SERIALS),
    length: fc.nat(11),
    change,
  })
  .map(({ network, serial, length, change: decision }) =>
    [
      { does: 'writes' as const, text: 'chào em' },
      { does: 'writes' as const, text: network },
      { does: 'writes' as const, text: serial },
      { does: 'photographs' as const, pictures: [serial] },
      { is: 'allResults' as const },
      { does: 'writes' as const, text: sadpA() },
      { does: 'writes' as const, text: 'đồng ý' },
      { does: 'writes' as const, text: 'gửi' },
      { is: 'allResults' as const },
      { is: 'decision' as const, nth: 0, change: decision },
      { does: 'presses' as const, nth: 0 },
    ].slice(0, length),
  );

export const steps: fc.Arbitrary<Step[]> = fc
  .tuple(filled, fc.array(step, { maxLength: 20, size: 'max' }))
  .map(([before, then]) => [...before, ...then]);

/** Whether a person did this, so that an answer is owed. */
export function isPersons(one: Step): boolean {
  return 'does' in one;
}

/** Lets a step happen and returns what the bot said. */
export function take(world: World, one: Step): Said[] {
  if ('does' in one) return doAs(world, one);
  switch (one.is) {
    case 'oneResult':
      return world.finishOne();
    case 'allResults':
      return world.finish();
    case 'aTimer': {
      const [timer] = world.timers.keys();
      return timer ? world.ring(timer) : [];
    }
    case 'attachment': {
      const { caption, album } = one;
      const more = { ...(caption ? { caption } : {}), ...(album ? { album } : {}) };
      return world.attach(one.pictures, more);
    }
    case 'time':
      world.now += one.minutes * 60_000;
      return [];
    case 'verification':
      return world.verify(one.verified);
    case 'decision': {
      const number = world.cases[one.nth]?.number;
      return number ? world.decide(one.change, number) : [];
    }
    case 'agent': {
      const agent = { agentId: 'lan', agentName: 'Lan', text: 'Em xem rồi ạ' };
      return world.deliver({ ...world.base(), type: 'agentActed', act: one.act, ...agent });
    }
    case 'takenElsewhere':
      world.takenElsewhere.add(one.serial);
      return [];
    case 'heldUp':
      return world.isSending ? world.holdUp(one.how) : [];
  }
}

function doAs(world: World, one: Extract<Step, { does: string }>): Said[] {
  switch (one.does) {
    case 'opens':
      return world.deliver({ ...world.base(), type: 'opened' });
    case 'writes':
      return world.text(one.text);
    case 'writesEditable':
      return world.editable(one.message, one.text);
    case 'edits':
      return world.editable(one.message, one.text, true);
    case 'presses': {
      const shown = world.said.flatMap(({ shown }) => shown.choices).toReversed();
      const token = shown[one.nth % Math.max(1, shown.length)]?.token;
      return world.press(token ?? 'none');
    }
    case 'pressesJunk':
      return world.press(one.token);
    case 'photographs':
      return world.photos(one.pictures, one.caption);
    case 'sendsFile':
      return world.deliver({ ...world.base(), type: 'file', name: one.name, content: one.content });
    case 'scans': {
      const scan = scanOf(one.devices);
      return one.pasted ? world.text(writeScan(scan, 256)[0] ?? '') : world.scanned(scan);
    }
    case 'sendsUnsupported':
      return world.deliver(
        EventSchema.parse({ ...world.base(), type: 'unsupported', what: one.what }),
      );
  }
}

/** A world in which these steps have happened. */
export function worldAfter(taken: readonly Step[], restores = true): World {
  const world = new World();
  world.restores = restores;
  for (const [name, picture] of Object.entries(PICTURES)) world.pictures.set(name, picture);
  for (const one of taken) take(world, one);
  return world;
}
