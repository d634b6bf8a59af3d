import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { CasesHouse } from './house.ts';
import { SECRET } from './reference-server.ts';

const RECEIVER = join(import.meta.dirname, '../../docs/examples/receiver.mjs');

/** The example as its reader starts it. */
async function startReceiver(assistant: string): Promise<{ url: string; data: string }> {
  const data = await mkdtemp(join(tmpdir(), 'receiver-'));
  const child = spawn(process.execPath, [RECEIVER], {
    env: { CASE_BACKEND_SECRET: SECRET, ASSISTANT_URL: assistant, PORT: '0', DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill();
    await ended;
    await rm(data, { recursive: true });
  });
  const url = await new Promise<string>((heard, failed) => {
    child.once('exit', (code) => failed(new Error(`it ended with ${code}`)));
    child.stdout.once('data', (chunk) => heard(String(chunk).trim().split(' ').at(-1) ?? ''));
  });
  return { url, data };
}

it('the example receiver keeps the contract: takes a case once, decides it, and tells of it', async () => {
  const house = await CasesHouse.build();
  const assistant = house.server.webhooks?.() ?? '';
  const { url, data } = await startReceiver(assistant);
  await house.reopenWith(url);
  const picture = Buffer.alloc(100_000, 3);
  const blobId = await house.store.putBlob(picture, 'image/jpeg');
  const caseId = await house.sends('an', 'D12345678', {
    photos: [{ blobId, reading: null, verdict: { kind: 'unreadable', why: 'blurred' } as never }],
  });
  await house.settles();
  expect(house.heard('an')).toEqual([]);
  const photo = (await readdir(data)).find((name) => name.endsWith('photo-1')) ?? '';
  expect((await readFile(join(data, photo))).equals(picture)).toBe(true);

  const row = await house.store.caseById(caseId);
  if (!row) throw new Error('no case');
  await house.backend.submit(row, `${caseId}:${row.draft.submittedAt}`, 1);
  expect(await house.backend.state(caseId)).toEqual({ caseId, revision: 2, status: 'submitted' });
  expect(await house.backend.state('nobody')).toBeNull();

  const headers = { authorization: `Bearer ${SECRET}` };
  const decide = (given: Record<string, string>) =>
    fetch(`${url}/decide/${caseId}`, {
      method: 'POST',
      headers: given,
      body: '{"status":"unbound"}',
    });
  expect((await decide({ authorization: 'Bearer guessed' })).status).toBe(401);
  expect((await decide(headers)).status).toBe(200);
  await vi.waitFor(async () => {
    expect((await house.store.caseById(caseId))?.status).toBe('unbound');
  }, 10_000);
  await house.backend.cancel(caseId);
  expect((await house.backend.state(caseId))?.status).toBe('unbound');

  const id = await house.applies('an', { blobIds: [blobId] });
  await house.settles();
  expect(await house.backend.verification(id)).toEqual({ applicationId: id, status: 'waiting' });
  expect((await readdir(data)).some((name) => name.endsWith('licence-1'))).toBe(true);
  const said = { method: 'POST', headers, body: '{"status":"approved","by":"Hoa"}' };
  expect((await fetch(`${url}/verify/${id}`, said)).status).toBe(200);
  await vi.waitFor(async () => expect(await house.isVerified('an')).toBe(true), 10_000);
  await house.backend.withdraw(id);
  expect((await house.backend.verification(id))?.status).toBe('approved');
}, 30_000);
