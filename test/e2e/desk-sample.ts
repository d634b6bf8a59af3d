import type { Form } from '../../src/dialogue/conversation.ts';
import type { CasePhoto } from '../../src/dialogue/effect.ts';
import { newConversation } from '../../src/dialogue/turn.ts';
import type { SeenSerial } from '../../src/domain/reading.ts';
import { judge } from '../../src/domain/verdict.ts';
import type { CaseRow } from '../../src/store/contract.ts';
import { agentRow, type DeskApp } from '../desk/desk-app.ts';
import { caseRow, conversationRow, line, NOW } from '../desk/rows.ts';
import { labelPicture } from '../pictures/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CODE = 'QWERTZ';
const SECRET = `AwAAA${'b1C2d3E4'.repeat(70)}`;

function photo(blobId: string, claimed: string, serials: SeenSerial[]): CasePhoto {
  const blurred = serials.length === 0;
  const quality = {
    width: 1600,
    height: 1200,
    sharpness: blurred ? 8.4 : 300,
    brightness: 120,
    contrast: 50,
    glare: blurred ? 0.031 : 0.002,
  };
  const reading = {
    outcome: 'read' as const,
    serials,
    shareQr: false,
    quality,
    ...(serials.length === 0 ? { trouble: 'blurred' as const } : {}),
  };
  return { blobId, reading, verdict: judge(reading, claimed) };
}

/** Where the labels of addPhotos carry their print and their codes. */
const PLACES = {
  print: { x: 0.26, y: 0.41, width: 0.24, height: 0.04 },
  code: { x: 0.62, y: 0.3, width: 0.16, height: 0.2 },
};

const seen = (short: string, by: SeenSerial['by'] = 'qrCode', confidence = 1): SeenSerial => ({
  short,
  by,
  confidence,
  anchored: true,
  place: PLACES[by === 'ocr' ? 'print' : 'code'],
  ...(by === 'qrCode' ? { full: `DS-2CD2143G2-I20230105AAWR${short}` } : {}),
});

/** A screenshot of SADP's list of devices, the claimed one not among them. */
function list(blobId: string, shorts: string[]): CasePhoto {
  const { reading } = photo(
    blobId,
    '',
    shorts.map((short) => seen(short, 'ocr', 0.8)),
  );
  const listed = reading?.outcome === 'read' ? { ...reading, sadpList: true } : reading;
  return { blobId, reading: listed, verdict: { kind: 'unreadable', why: 'noCode' } };
}

interface Sketch {
  serial: string;
  photos: CasePhoto[];
  more?: Partial<CaseRow>;
  draft?: Partial<CaseRow['draft']>;
}

/** Cases in every state that the desk knows, a label behind each kind of verdict. */
const SKETCHES: Sketch[] = [
  { serial: 'D12345678', photos: [photo('match', 'D12345678', [seen('D12345678')])] },
  {
    serial: 'D12345679',
    photos: [photo('another', 'D12345679', [seen('D12345079'), seen('D12345079', 'ocr', 0.93)])],
    draft: { proof: 'unverified', proofWhy: 'doubtful', flags: ['proofUnverified'] },
    more: { answerBy: NOW - 12 * MINUTE, submittedAt: NOW - 22 * MINUTE },
  },
  {
    serial: 'AD1234567',
    photos: [photo('blurred', 'AD1234567', []), photo('match', 'AD1234567', [])],
    draft: {
      proof: 'unverified',
      proofWhy: 'blurred',
      flags: ['proofUnverified', 'sadpStringStale', 'sadpFileOtherSerial'],
    },
    more: { answerBy: NOW + 2 * MINUTE, language: 'en', channel: 'telegram' },
  },
  {
    serial: '123456789',
    photos: [photo('match', '123456789', [seen('123456789', 'code128')])],
    more: { status: 'inReview', decidedBy: 'Hoa Nguyễn', revision: 2 },
    draft: { network: 'lan', sadp: null },
  },
  {
    serial: 'Q87654321',
    photos: [photo('match', 'Q87654321', [seen('Q87654321')])],
    more: {
      status: 'needsInfo',
      decidedBy: 'Lan Phạm',
      note: 'Ảnh hóa đơn bị cắt mất góc.',
      revision: 3,
    },
    draft: { answer: 'Thiết bị ở kho Bình Dương.' },
  },
  {
    serial: 'D20000006',
    photos: [photo('match', 'D20000006', [seen('D20000006')])],
    more: { answerBy: NOW + 31 * HOUR, submittedAt: NOW - 13 * HOUR },
  },
  {
    serial: 'D20000007',
    photos: [photo('broken', 'D20000007', [seen('D20000007')])],
    more: { answerBy: NOW + 7 * HOUR, submittedAt: NOW - 12 * HOUR, channel: 'zalo-oa' },
  },
  {
    serial: 'D20000008',
    photos: [list('another', ['D20000018', 'D20000028', 'D20000038'])],
    more: { answerBy: NOW - 3 * HOUR, submittedAt: NOW - 4 * HOUR, channel: 'teams' },
  },
  {
    serial: 'D20000009',
    photos: [
      photo('match', 'D20000009', [seen('D20000006', 'ocr', 0.72)]),
      photo('another', 'D20000009', [seen('D20000009'), seen('D12345079', 'code128')]),
    ],
    draft: { proof: 'unverified', proofWhy: 'near', flags: ['proofUnverified'] },
  },
  {
    serial: 'D20000010',
    photos: [],
    more: { status: 'unbound', decidedBy: 'Lan Phạm', revision: 3, updatedAt: NOW - 2 * HOUR },
  },
  {
    serial: 'D20000011',
    photos: [photo('another', 'D20000011', [seen('D12345079')])],
    more: {
      status: 'rejected',
      reason: 'serialMismatch',
      decidedBy: 'Hoa Nguyễn',
      note: 'Anh chụp lại đúng tem của đầu ghi giúp em.',
      revision: 2,
      updatedAt: NOW - 3 * HOUR,
    },
  },
  { serial: 'D20000012', photos: [], more: { status: 'cancelled', updatedAt: NOW - 26 * HOUR } },
];

/** After hours the target is ten minutes after opening, long before the promise. */
const EARLIER_TARGETS: Record<string, number> = {
  D20000006: NOW + 22.5 * HOUR,
  D20000007: NOW - 80 * MINUTE,
};

function rowOf({ serial, photos, more, draft }: Sketch, index: number): CaseRow {
  const number = `UB-${String(index + 1).padStart(6, '0')}`;
  const ids = { caseId: `case-${serial}`, number, conversationId: `c${(index % 4) + 1}` };
  const row = caseRow({ serial, submittedAt: NOW - (index + 1) * 40_000, ...more, ...ids });
  const internalTarget = EARLIER_TARGETS[serial] ?? row.answerBy;
  const sadp = row.draft.sadp && {
    ...row.draft.sadp,
    fileSerial: serial === 'AD1234567' ? 'AD1284567' : serial,
  };
  return {
    ...row,
    draft: {
      ...row.draft,
      proof: 'shown',
      proofWhy: null,
      flags: [],
      serial: { short: serial },
      sadp,
      photos,
      ...draft,
      promise: { ...row.draft.promise, internalTarget },
    },
  };
}

async function addPhotos({ store }: DeskApp): Promise<void> {
  const model = 'DS-2CD2143G2-I';
  const pictures = {
    match: await labelPicture({ serial: 'D12345678', code: CODE, model, seed: 3 }),
    another: await labelPicture({ serial: 'D12345079', code: CODE, model, seed: 4 }),
    blurred: await labelPicture(
      { serial: 'AD1234567', code: CODE, model, seed: 5 },
      { blur: 9, jpeg: 80 },
    ),
  };
  for (const [blobId, bytes] of Object.entries(pictures)) {
    store.blobs.set(blobId, { bytes, mime: 'image/jpeg', conversationId: '*' });
  }
  store.blobs.set('broken', { bytes: Buffer.of(1), mime: 'image/jpeg', conversationId: '*' });
  store.blobBelongsTo = async (blobId) => store.blobs.has(blobId);
}

function addConversations({ store }: DeskApp): void {
  const owner = (who: 'bot' | 'queued' | 'agent', agentId: string | null, name: string | null) => ({
    owner: { who, agentId, agentName: name, epoch: 1 },
  });
  store.conversations.push(
    conversationRow({ accountVerified: true, updatedAt: NOW - 60_000 }),
    conversationRow({
      conversationId: 'c2',
      channel: 'telegram',
      chatId: 'chat-2',
      accountName: 'Anna Smith',
      language: 'en',
      lastText: 'I need a human, please',
      updatedAt: NOW - 120_000,
      ...owner('queued', null, null),
    }),
    conversationRow({
      conversationId: 'c3',
      chatId: 'chat-3',
      accountName: null,
      lastText: 'Dạ để em kiểm tra lại',
      updatedAt: NOW - 30_000,
      ...owner('agent', 'id-Lan', 'Lan'),
    }),
    conversationRow({
      conversationId: 'c4',
      chatId: 'chat-4',
      accountName: 'Phạm Thị Hoa',
      lastText: null,
      ...owner('agent', 'id-Hoa', 'Hoa'),
    }),
    conversationRow({
      conversationId: 'c5',
      chatId: 'chat-5',
      channel: 'zalo-oa',
      accountId: 'a5',
      accountName: 'Đỗ Văn Nam',
      lastText: 'Em gửi giấy phép rồi ạ',
      updatedAt: NOW - 500_000,
    }),
  );
  store.held.set('c2', {
    ...newConversation('c2'),
    waiting: { since: NOW - 12 * 60_000, why: 'asked' },
  });
  store.held.set('c3', {
    ...newConversation('c3'),
    waiting: { since: NOW - 3 * 60_000, why: 'wrote' },
    suggestions: [
      { at: NOW - 50_000, what: 'serial', detail: 'D20000009' },
      { at: NOW - 40_000, what: 'sadpString', detail: 's1', string: STRING },
      { at: NOW - 35_000, what: 'unreadable', detail: '2' },
    ],
    focus: 'f1',
    forms: [HALF_FILLED],
  });
  for (let n = 0; n < 24; n++) {
    const submittedAt = NOW - n * 3_600_000;
    const refused = n % 5 === 0;
    store.counted.push({
      caseId: `k${n}`,
      number: `UB-${n}`,
      channel: n % 3 === 0 ? 'web' : 'telegram',
      language: 'vi',
      submittedAt,
      target: submittedAt + 600_000,
      answerBy: submittedAt + 600_000,
      steps: [
        { status: 'submitted', at: submittedAt },
        { status: 'inReview', at: submittedAt + n * 20_000 },
        { status: refused ? 'rejected' : 'unbound', at: submittedAt + n * 40_000 },
      ],
      reason: refused ? 'photoUnreadable' : null,
      decidedBy: 'Lan',
      human: n % 4 === 0,
      rating: n % 2 === 0 ? 3 : null,
    });
  }
  store.internal.push({
    noteId: 'n1',
    conversationId: 'c3',
    at: NOW - 20_000,
    agentId: 'id-Lan',
    text: 'Khách hẹn gửi lại ảnh tem trước 15:00.',
  });
}

function addLines({ store }: DeskApp): void {
  const said = (text: string, choices: string[] = []) => ({
    text,
    choices: choices.map((label) => ({ label, token: label })),
    pictures: [],
  });
  for (const n of [1, 2, 3, 4, 5]) {
    const conversationId = `c${n}`;
    const at = n * 100;
    store.lines.push(
      line(at, {
        conversationId,
        author: 'bot',
        shown: said('Anh/chị có đang cùng mạng LAN với thiết bị không ạ?', [
          'Mạng LAN (SADP)',
          'Mạng khác',
        ]),
      }),
      line(at + 1, { conversationId, shown: said('mạng khác, gỡ giúp em con này') }),
      line(at + 2, { conversationId, shown: said(''), blobIds: ['match', 'another'] }),
      line(at + 3, {
        conversationId,
        author: 'bot',
        shown: said('Em đọc được trên ảnh số seri D12345678, đúng không ạ?', [
          'Đúng rồi',
          'Không phải',
        ]),
      }),
      line(at + 4, { conversationId, shown: said('(chuỗi SADP, đã cất kín)'), secretRef: 's1' }),
      line(at + 5, {
        conversationId,
        author: 'bot',
        shown: said('Em đã nhận đủ chuỗi SADP và cất kín.'),
        delivery: 'cancelled',
      }),
      line(at + 6, {
        conversationId,
        author: 'agent',
        agentName: 'Lan',
        shown: said('Chào anh, em Lan đây ạ. Em xem hồ sơ ngay.'),
      }),
      line(at + 8, {
        conversationId,
        author: 'agent',
        agentName: 'Lan',
        shown: {
          ...said(''),
          file: { blobId: 'guide', name: 'Cách xem tem máy.pdf', size: 84_000 },
        },
      }),
      line(at + 7, {
        conversationId,
        author: 'agent',
        agentName: 'Lan',
        shown: said('Anh đợi em 2 phút nhé.'),
        delivery: 'due',
      }),
      line(at + 8, {
        conversationId,
        author: 'bot',
        shown: said('Hồ sơ đang được xem xét.'),
        delivery: 'failed',
      }),
    );
  }
}

/** Fills a desk with people, conversations and a case in each state. */
/** One of each kind, and how some days went. */
function addNotices({ store }: DeskApp): void {
  const targetOf = (serial: string) =>
    store.cases.find((row) => row.serial === serial)?.draft.promise.internalTarget ?? NOW;
  const about = (kind: 'nudge' | 'escalation', serial: string) => ({
    key: `${kind}:${serial}`,
    kind,
    at: NOW - 3 * MINUTE,
    caseId: `case-${serial}`,
    data: { target: targetOf(serial) },
  });
  const plain = { at: NOW - 2 * HOUR, caseId: null };
  const day = { unbound: 11, rejected: 2, cancelled: 1, kept: 12, late: 1, open: 9, overdue: 2 };
  store.noted.push(
    about('nudge', 'AD1234567'),
    about('escalation', 'D12345679'),
    { key: 'digest:1', kind: 'digest', ...plain, data: { waiting: 7, target: NOW } },
    {
      key: 'holidays:2027:1',
      kind: 'holidays',
      ...plain,
      data: { year: 2027, missing: 2, unofficial: 7 },
    },
    ...[1, 2, 3].map((days) => ({
      key: `summary:${days}`,
      kind: 'summary' as const,
      at: NOW - days * 24 * HOUR,
      caseId: null,
      data: { sent: 14 + days, ...day },
    })),
  );
}

const STRING = {
  ref: 's1',
  format: 'A' as const,
  source: 'text' as const,
  exportedAt: null,
  fileSerial: null,
  receivedAt: NOW - 40_000,
};

/** A case as an installer left it: the photos are there, and the serial is checked by an agent. */
const HALF_FILLED: Form = {
  id: 'f1',
  flow: 'unbind',
  phase: 'open',
  batch: null,
  repairs: null,
  asked: [],
  reminded: 0,
  remindAt: null,
  locked: ['serial'],
  question: null,
  slots: {
    network: { state: 'filled', revision: 1, value: { network: 'other' } },
    serial: {
      state: 'filled',
      revision: 2,
      value: { serial: { short: 'D20000009' }, source: 'typed' },
    },
  },
  strikes: {},
  drafts: { serial: null, proof: null, pieces: [], misnamed: null },
  photos: [
    {
      photoId: 'p1',
      blobId: 'match',
      readId: 'r1',
      reading: { outcome: 'failed' },
      use: 'evidence',
    },
  ],
  album: null,
};

export async function fillDesk(desk: DeskApp): Promise<void> {
  const { store } = desk;
  store.people.push(
    agentRow('admin', 'Lan'),
    agentRow('agent', 'Hoa'),
    agentRow('viewer', 'Minh'),
    agentRow('left', 'Tuan'),
  );
  store.cases.push(...SKETCHES.map(rowOf));
  store.secrets.set('s1', SECRET);
  const rowAt = (serial: string) => store.cases.filter((row) => row.serial === serial);
  store.similar.set('case-D20000009', [
    ...rowAt('D20000011').map((row) => ({
      row: { ...row, accountId: 'another' },
      sameSerial: false,
      pictures: [{ blobId: 'match', theirs: 'x', bits: 2 }],
    })),
    ...rowAt('D20000010').map((row) => ({ row, sameSerial: true, pictures: [] })),
  ]);
  addNotices(desk);
  addConversations(desk);
  addLines(desk);
  await addPhotos(desk);
  store.verifications.push({
    conversationId: 'c5',
    channel: 'zalo-oa',
    chatId: 'chat-5',
    accountId: 'a5',
    language: 'vi',
    application: {
      applicationId: 'v1',
      company: 'Công ty TNHH Giải pháp Camera và Thiết bị An ninh An Bình',
      taxCode: '0314409058-002',
      phone: '+84912345678',
      blobIds: ['match'],
      submittedAt: NOW - HOUR,
    },
    status: 'waiting',
    decidedAt: null,
    decidedBy: null,
    reason: null,
  });
  store.tokens.push(
    {
      tokenHash: 'h1',
      name: 'bao-cao-hang-ngay',
      scopes: ['cases:read', 'cases:export'],
      createdAt: NOW - 40 * 24 * HOUR,
      createdBy: 'id-Lan',
      expiresAt: NOW + 50 * 24 * HOUR,
    },
    {
      tokenHash: 'h2',
      name: 'report_of_last_year.old',
      scopes: ['cases:read', 'cases:export', 'deadLetters:read', 'deadLetters:send'],
      createdAt: NOW - 400 * 24 * HOUR,
      createdBy: 'command',
      expiresAt: NOW - 35 * 24 * HOUR,
    },
  );
  const trail = [
    ['signIn', 'id-Hoa', 'id-Hoa', undefined],
    ['signIn.fail', 'id-Minh', 'id-Minh', undefined],
    ['agent.create', 'id-Lan', 'id-Minh', 'viewer'],
    ['conversation.takeOver', 'id-Lan', 'c3', undefined],
    ['photo.openOriginal', 'id-Hoa', 'c1', 'match'],
    ['sadpString.reveal', 'id-Hoa', 'case-D20000010', undefined],
    ['case.decide', 'id-Lan', 'case-D20000010', 'unbound'],
    ['case.decide', 'id-Hoa', 'case-D20000011', 'rejected:serialMismatch'],
    ['account.verify', 'id-Lan', 'c1', 'a1'],
    ['office.save', 'id-Lan', 'v2', '3'],
    ['conversation.expire', 'retention', 'c1', '4/1/0'],
  ] as const;
  for (const [n, [action, actor, subject, detail]] of trail.entries()) {
    const at = NOW - (10 - n) * HOUR;
    await store.audit({ at, actor, action, subject, ...(detail ? { detail } : {}) });
  }
}
