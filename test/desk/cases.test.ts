import { describe, expect, it } from 'vitest';
import { CaseSchema, CasesSchema } from '../../src/desk/wire/cases.ts';
import { noteOn } from '../../src/domain/lan-scan.ts';
import { scanOf } from '../conversations/scans.ts';
import { codeOf, deskApp, signIn } from './desk-app.ts';
import { caseRow, conversationRow, PLACE } from './rows.ts';

const SADP = `AwAAA${'b1C2'.repeat(20)}`;

async function deskWithCase(role: 'admin' | 'agent' | 'viewer' = 'agent') {
  const desk = await deskApp();
  desk.store.cases.push(caseRow());
  desk.store.conversations.push(conversationRow());
  desk.store.secrets.set('s1', SADP);
  return { desk, agent: await signIn(desk, role) };
}

describe('a case at the desk', () => {
  it('is listed while it is open, and apart from that when it is closed', async () => {
    const { desk, agent } = await deskWithCase();
    desk.store.cases.push(caseRow({ caseId: 'k2', number: 'HS-0002', status: 'unbound' }));
    const open = CasesSchema.parse((await agent.get('/cases')).json());
    expect(open.cases.map((row) => row.number)).toEqual(['HS-0001']);
    const closed = CasesSchema.parse((await agent.get('/cases?show=closed')).json());
    expect(closed.cases.map((row) => row.number)).toEqual(['HS-0002']);
    expect(codeOf(await agent.get('/cases?show=all'))).toBe('badField');
  });

  it('shows what the installer’s scanner said of the device, where one was used', async () => {
    const { desk, agent } = await deskWithCase();
    const before = CaseSchema.parse((await agent.get('/cases/c1-f1')).json());
    expect(before.scan).toBeNull();
    const [row] = desk.store.cases;
    if (!row) throw new Error('There is a case.');
    const scan = scanOf(['D12345678 off']);
    const [device] = scan.devices;
    if (!device) throw new Error('There is a device.');
    row.draft.scan = noteOn(scan, 'pasted', device);
    row.draft.flags.push('scanner-serviceOff');
    const after = CaseSchema.parse((await agent.get('/cases/c1-f1')).json());
    expect(after.flags).toContain('scanner-serviceOff');
    expect(after.scan).toEqual({
      at: scan.at,
      program: '1.0.0',
      answered: 1,
      way: 'pasted',
      model: 'DS-2CD2385G1-I',
      ip: '192.168.1.10',
      mac: null,
      firmware: 'V5.6.2build 190701',
      activated: true,
      service: 'off',
      bound: null,
    });
  });

  it('shows what was claimed beside what was read, and where they differ', async () => {
    const { agent } = await deskWithCase();
    const view = CaseSchema.parse((await agent.get('/cases/c1-f1')).json());
    expect(view.photos).toEqual([
      {
        blobId: 'b1',
        verdict: 'another',
        why: null,
        confidence: 0.91,
        by: 'ocr',
        place: PLACE,
        deviceList: false,
        quality: {
          width: 1200,
          height: 900,
          sharpness: 300,
          focus: 'sharp',
          brightness: 47,
          light: 'good',
          glare: null,
          glares: false,
        },
        seen: [
          {
            short: 'D12345078',
            full: null,
            by: 'ocr',
            confidence: 0.91,
            differs: [6],
            place: PLACE,
          },
        ],
      },
    ]);
    expect(view.steps).toEqual(['inReview', 'unbound', 'rejected', 'needsInfo']);
  });

  it('says in words what is wrong with a photo, and why a doubtful one decides nothing', async () => {
    const { desk, agent } = await deskWithCase();
    const row = caseRow({ caseId: 'k2' });
    const quality = { width: 900, height: 700, sharpness: 12, brightness: 30, contrast: 15 };
    const read = { outcome: 'read' as const, serials: [], shareQr: false };
    row.draft.photos = [
      {
        blobId: 'glare',
        reading: {
          ...read,
          quality: { ...quality, sharpness: 40, brightness: 120, contrast: 50, glare: 0.043 },
          trouble: 'noCode',
          fault: 'glare',
        },
        verdict: { kind: 'unreadable', why: 'noCode', fault: 'glare' },
      },
      {
        blobId: 'dark',
        reading: { ...read, quality, trouble: 'dark' },
        verdict: { kind: 'doubtful', seen: ['D12345673'], why: 'near', confidence: 0.7, by: 'ocr' },
      },
      { blobId: 'down', reading: { outcome: 'failed' }, verdict: { kind: 'notRead' } },
    ];
    desk.store.cases.push(row);
    const { photos } = CaseSchema.parse((await agent.get('/cases/k2')).json());
    expect(photos).toMatchObject([
      { why: 'glare', quality: { focus: 'soft', light: 'good', glare: 4.3, glares: true } },
      {
        why: 'near',
        confidence: 0.7,
        quality: { focus: 'blurred', light: 'dark', brightness: 12 },
      },
      { why: null, quality: null, verdict: 'notRead' },
    ]);
  });

  it('names the other cases of its serial or its photos, and what became of them', async () => {
    const { desk, agent } = await deskWithCase();
    const refused = caseRow({
      ...{ caseId: 'k2', number: 'HS-0002', accountId: 'a2', serial: 'E12345678' },
      ...{ status: 'rejected', reason: 'serialMismatch', decidedBy: 'Hoa' },
    });
    desk.store.similar.set('c1-f1', [
      { row: refused, sameSerial: false, pictures: [{ blobId: 'b1', theirs: 'x', bits: 3 }] },
    ]);
    const view = CaseSchema.parse((await agent.get('/cases/c1-f1')).json());
    expect(view.similar).toEqual([
      {
        caseId: 'k2',
        number: 'HS-0002',
        serial: 'E12345678',
        status: 'rejected',
        reason: 'serialMismatch',
        decidedBy: 'Hoa',
        submittedAt: refused.submittedAt,
        sameSerial: false,
        sameAccount: false,
        photos: [0],
      },
    ]);
  });

  it('keeps its SADP string to itself until it is asked for, recorded and uncached', async () => {
    const { desk, agent } = await deskWithCase();
    const plain = await agent.get('/cases/c1-f1');
    expect(plain.body).not.toContain(SADP);
    const revealed = await agent.post('/cases/c1-f1/sadp-string');
    expect(revealed.json()).toEqual({ text: SADP });
    expect(revealed.headers['cache-control']).toBe('no-store');
    expect(desk.store.trail.at(-1)).toMatchObject({
      actor: 'id-An',
      action: 'sadpString.reveal',
      subject: 'c1-f1',
    });
    expect(JSON.stringify(desk.store.trail)).not.toContain(SADP);
    expect(desk.logged()).not.toContain(SADP);
  });

  it('shows no SADP string when showing it could not be recorded', async () => {
    const { desk, agent } = await deskWithCase();
    desk.store.audit = async () => {
      throw new Error('disk full');
    };
    const response = await agent.post('/cases/c1-f1/sadp-string');
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain(SADP);
  });

  it('is answered with a sentence when it does not exist', async () => {
    const { agent } = await deskWithCase();
    const response = await agent.get('/cases/none');
    expect(response.statusCode).toBe(404);
    expect(response.json().error.message).toBe('Không tìm thấy hồ sơ này.');
  });
});

describe('a decision', () => {
  const approve = { status: 'unbound', revision: 1 };

  it('is passed on and audited', async () => {
    const { desk, agent } = await deskWithCase();
    expect((await agent.post('/cases/c1-f1/decision', approve)).statusCode).toBe(200);
    expect(desk.decisions).toEqual([{ caseId: 'c1-f1', decision: { status: 'unbound' } }]);
    expect(desk.store.trail.at(-1)).toMatchObject({
      actor: 'id-An',
      action: 'case.decide',
      subject: 'c1-f1',
      detail: 'unbound',
    });
  });

  it('carries reason and note, and slots and a question only where the reason leaves them open', async () => {
    const { desk, agent } = await deskWithCase();
    const decide = async (body: object) => {
      desk.store.cases[0] = caseRow();
      await agent.post('/cases/c1-f1/decision', body);
    };
    const asked = { reopen: ['serial', 'serial'], question: ' Thiết bị ở đâu? ' };
    const refuse = { status: 'rejected', revision: 1, note: ' xem lại ', ...asked };
    await decide({ ...refuse, reason: 'serialMismatch' });
    await decide({ ...refuse, reason: 'other' });
    await decide({ status: 'needsInfo', revision: 1, ...asked });
    const kept = { reopen: ['serial'], question: 'Thiết bị ở đâu?' };
    expect(desk.decisions.map(({ decision }) => decision)).toEqual([
      { status: 'rejected', reason: 'serialMismatch', note: 'xem lại' },
      { status: 'rejected', reason: 'other', note: 'xem lại', ...kept },
      { status: 'needsInfo', ...kept },
    ]);
  });

  it.each([
    [{ status: 'rejected', revision: 1 }, 400, 'reasonNeeded'],
    [{ status: 'rejected', revision: 1, reason: 'other', note: ' ' }, 400, 'noteNeeded'],
    [{ status: 'needsInfo', revision: 1, question: ' ' }, 400, 'askSomething'],
    [{ status: 'needsInfo', revision: 1, reopen: ['consent'] }, 400, 'badField'],
    [{ status: 'rejected', revision: 1, reason: 'because' }, 400, 'badField'],
    [{ status: 'cancelled', revision: 1 }, 400, 'badField'],
    [{ status: 'unbound', revision: 2 }, 409, 'changedMeanwhile'],
  ])('%o is refused as it should be', async (body, status, code) => {
    const { desk, agent } = await deskWithCase();
    const response = await agent.post('/cases/c1-f1/decision', body);
    expect(response.statusCode).toBe(status);
    expect(codeOf(response)).toBe(code);
    expect(desk.decisions).toEqual([]);
  });

  it('is not a viewer’s, nor is the SADP string', async () => {
    const { desk, agent } = await deskWithCase('viewer');
    expect((await agent.get('/cases/c1-f1')).json().steps).toEqual([]);
    for (const path of ['decision', 'sadp-string']) {
      const response = await agent.post(`/cases/c1-f1/${path}`, approve);
      expect(response.statusCode).toBe(403);
      expect(codeOf(response)).toBe('viewerReads');
    }
    expect(desk.decisions).toEqual([]);
    expect(desk.store.trail.map((line) => line.action)).toEqual(['signIn']);
  });

  it('tells the slower of two agents that it was not theirs', async () => {
    const desk = await deskApp({
      decide: async () => {
        // Between the look at the case and this turn, a colleague refused it.
        desk.store.cases[0] = caseRow({ status: 'rejected', revision: 2, decidedBy: 'Hoa' });
      },
    });
    desk.store.cases.push(caseRow());
    const agent = await signIn(desk);
    const response = await agent.post('/cases/c1-f1/decision', approve);
    expect(codeOf(response)).toBe('changedMeanwhile');
    expect(desk.store.trail.map((line) => line.action)).toEqual(['signIn']);
  });

  it('tells the slower of two agents who mean the same, too', async () => {
    const desk = await deskApp({
      decide: async () => {
        desk.store.cases[0] = caseRow({ status: 'unbound', revision: 2, decidedBy: 'Hoa' });
      },
    });
    desk.store.cases.push(caseRow());
    const agent = await signIn(desk);
    const response = await agent.post('/cases/c1-f1/decision', approve);
    expect(codeOf(response)).toBe('changedMeanwhile');
    expect(desk.store.trail.map((line) => line.action)).toEqual(['signIn']);
  });

  it('is no longer possible once the case is closed', async () => {
    const { desk, agent } = await deskWithCase();
    desk.store.cases[0] = caseRow({ status: 'unbound' });
    expect(codeOf(await agent.post('/cases/c1-f1/decision', approve))).toBe('notAStep');
  });

  it('is made elsewhere where somebody’s server decides', async () => {
    const desk = await deskApp();
    const row = caseRow();
    desk.store.cases.push({ ...row, draft: { ...row.draft, backend: 'http' } });
    const agent = await signIn(desk, 'admin');
    expect((await agent.get('/cases/c1-f1')).json().steps).toEqual([]);
    expect(codeOf(await agent.post('/cases/c1-f1/decision', approve))).toBe('decidedElsewhere');
  });
});
