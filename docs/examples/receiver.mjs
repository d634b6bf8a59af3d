// An example of a server that decides cases, and companies' verification, for the unbinding assistant, on
// Node alone. It keeps what it gets in one JSON file and the pictures beside it.
//
//   CASE_BACKEND_SECRET=… ASSISTANT_URL=https://assistant.example.vn node receiver.mjs
//
// Somebody decides with:  curl -H "authorization: Bearer $CASE_BACKEND_SECRET" \
//   -d '{"status":"unbound"}' http://127.0.0.1:8080/decide/<caseId>
// and on a company with -d '{"status":"approved"}' http://127.0.0.1:8080/verify/<applicationId>

import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const { CASE_BACKEND_SECRET: SECRET = '', ASSISTANT_URL = 'http://127.0.0.1:3978' } = process.env;
const { PORT = '8080', DATA = './receiver-data' } = process.env;
const ENDED = ['unbound', 'rejected', 'cancelled'];
const MOST_BYTES = 200 * 1024 * 1024;

mkdirSync(DATA, { recursive: true, mode: 0o700 });
const FILE = join(DATA, 'cases.json');
/**
 * cases and applications by id; answers by idempotency key; webhooks that the assistant has not taken
 * yet.
 */
const kept = {
  ...{ cases: {}, applications: {}, answers: {}, waiting: [] },
  ...(existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {}),
};

/** Written beside and renamed, so that a crash leaves the old file or the new one. */
function keep() {
  writeFileSync(`${FILE}.new`, JSON.stringify(kept), { mode: 0o600, flush: true });
  renameSync(`${FILE}.new`, FILE);
}

class Trouble extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}

function letIn({ authorization = '' }) {
  const [given, wanted] = [authorization, `Bearer ${SECRET}`].map((text) =>
    createHmac('sha256', 'compare').update(text).digest(),
  );
  if (!timingSafeEqual(given, wanted)) throw new Trouble(401, 'secret', 'The secret does not fit.');
}

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Trouble(413, 'tooLarge', 'This is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function formOf(request) {
  const { headers } = request;
  return new Response(await bodyOf(request), { headers }).formData();
}

async function keepPictures(form, id, parts) {
  for (const part of parts) {
    const file = form.get(part);
    if (file === null) continue;
    const name = `${encodeURIComponent(id)}-${part}`;
    writeFileSync(join(DATA, name), Buffer.from(await file.arrayBuffer()), { mode: 0o600 });
  }
}

/** Takes a case, or what was added to one. A key that was answered gets the same answer again. */
async function submit(request) {
  const key = request.headers['idempotency-key'];
  if (!key) throw new Trouble(400, 'noKey', 'Idempotency-Key is missing.');
  const form = await formOf(request);
  if (kept.answers[key]) return kept.answers[key];
  const submission = JSON.parse(form.get('case'));
  const { caseId, revision, photos } = submission;
  await keepPictures(
    form,
    caseId,
    photos.map(({ part }) => part),
  );
  const known = kept.cases[caseId]?.state;
  const next = Math.max(revision, known?.revision ?? 0) + 1;
  const state = ENDED.includes(known?.status)
    ? { ...known, revision: next }
    : { caseId, revision: next, status: 'submitted' };
  kept.cases[caseId] = { submission, state };
  kept.answers[key] = state;
  keep();
  return state;
}

function find(caseId) {
  const found = kept.cases[caseId];
  if (!found) throw new Trouble(404, 'noCase', 'There is no such case.');
  return found;
}

/** The decision and its webhook are kept together; the webhook goes out until it is taken. */
function decide(caseId, decision) {
  const found = find(caseId);
  if (ENDED.includes(found.state.status)) return found.state;
  found.state = { ...decision, caseId, revision: found.state.revision + 1 };
  tell('case.changed', found.state);
  return found.state;
}

/** Keeps what was changed together with its webhook. */
function tell(type, state) {
  kept.waiting.push({ id: `msg_${randomUUID()}`, type, state });
  keep();
  void sendWaiting();
}

/** Takes a company's application, once by its id; a newer one of the same applicant takes its place. */
async function apply(request) {
  const form = await formOf(request);
  const application = JSON.parse(form.get('verification'));
  const { applicationId, applicant, licence } = application;
  if (kept.applications[applicationId]) return kept.applications[applicationId].state;
  await keepPictures(form, applicationId, licence);
  for (const older of Object.values(kept.applications)) {
    const waits = older.state.status === 'waiting' && older.application.applicant === applicant;
    if (waits) older.state.status = 'withdrawn';
  }
  const state = { applicationId, status: 'waiting' };
  kept.applications[applicationId] = { application, state };
  keep();
  return state;
}

function application(applicationId) {
  const found = kept.applications[applicationId];
  if (!found) throw new Trouble(404, 'noApplication', 'There is no such application.');
  return found;
}

/** Decides on a company, once. A withdrawal is the assistant's own, and needs no webhook. */
function verify(applicationId, decision) {
  const found = application(applicationId);
  if (found.state.status !== 'waiting') return found.state;
  found.state = { ...decision, applicationId };
  if (decision.status === 'withdrawn') keep();
  else tell('verification.changed', found.state);
  return found.state;
}

function keyOf(secret) {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
}

/** Signs as standardwebhooks.com says: HMAC-SHA256 of id.timestamp.body, the timestamp in seconds. */
async function deliver({ id, type, state }) {
  const at = new Date();
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data: state });
  const seconds = String(Math.floor(at.getTime() / 1000));
  const mac = createHmac('sha256', keyOf(SECRET)).update(`${id}.${seconds}.${body}`);
  const { status } = await fetch(`${ASSISTANT_URL}/webhooks/case-backend`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${mac.digest('base64')}`,
    },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  // 422: it never will be taken like this. Everything else that is not a success may pass.
  return status === 200 || status === 422;
}

let sending = false;
async function sendWaiting() {
  if (sending) return;
  sending = true;
  for (const webhook of [...kept.waiting]) {
    const taken = await deliver(webhook).catch(() => false);
    if (!taken) continue;
    kept.waiting = kept.waiting.filter(({ id }) => id !== webhook.id);
    keep();
  }
  sending = false;
}
setInterval(() => void sendWaiting(), 5_000).unref();

async function answer(request) {
  letIn(request.headers);
  const [, what, id, act] = new URL(request.url, 'http://receiver').pathname.split('/');
  const named = decodeURIComponent(id ?? '');
  const asked = `${request.method} ${what}${act ? `/${act}` : ''}`;
  if (asked === 'POST cases' && id === undefined) return submit(request);
  if (asked === 'GET cases') return find(named).state;
  if (asked === 'POST cases/cancel') return decide(named, { status: 'cancelled' });
  if (asked === 'POST decide') return decide(named, JSON.parse(await bodyOf(request)));
  if (asked === 'POST verifications' && id === undefined) return apply(request);
  if (asked === 'GET verifications') return application(named).state;
  if (asked === 'POST verifications/cancel') return verify(named, { status: 'withdrawn' });
  if (asked === 'POST verify') return verify(named, JSON.parse(await bodyOf(request)));
  throw new Trouble(404, 'notFound', 'There is nothing here.');
}

const server = createServer(async (request, response) => {
  const say = (status, content) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  try {
    say(200, await answer(request));
  } catch (error) {
    const known = error instanceof Trouble;
    const unread = error instanceof SyntaxError || error instanceof TypeError;
    const status = known ? error.status : unread ? 400 : 500;
    const message = known ? error.message : 'This could not be done.';
    say(status, { error: { code: known ? error.code : 'failed', message } });
  }
});
if (SECRET.length < 16) throw new Error('CASE_BACKEND_SECRET must have at least 16 characters.');
server.listen(Number(PORT), '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${server.address().port}\n`);
});
