import type { DeskStore } from '../../src/desk/options.ts';
import type { Conversation } from '../../src/dialogue/conversation.ts';
import type {
  AgentRow,
  ApiTokenRow,
  AuditLine,
  CaseRow,
  ConversationRow,
  CountedCase,
  InviteRow,
  NoteRow,
  NoticeRow,
  SimilarCase,
  TranscriptLine,
  VerificationRow,
} from '../../src/store/contract.ts';

interface Blob {
  bytes: Uint8Array;
  mime: string;
  conversationId: string;
}

/** The parts of the store that the desk needs, in memory. */
export class MemoryStore implements DeskStore {
  readonly people: AgentRow[] = [];
  readonly tokens: ApiTokenRow[] = [];
  readonly sessions = new Map<string, { agentId: string; csrf: string; expiresAt: number }>();
  readonly cases: CaseRow[] = [];
  readonly conversations: ConversationRow[] = [];
  readonly lines: TranscriptLine[] = [];
  readonly secrets = new Map<string, string>();
  readonly blobs = new Map<string, Blob>();
  readonly maskedBlobs = new Map<string, { bytes: Uint8Array; mime: string }>();
  readonly trail: AuditLine[] = [];
  readonly verifications: VerificationRow[] = [];
  /** Newest first. */
  readonly noted: NoticeRow[] = [];
  readonly similar = new Map<string, SimilarCase[]>();
  readonly held = new Map<string, Conversation>();
  readonly seen = new Map<string, number>();
  readonly internal: NoteRow[] = [];
  readonly off = new Set<string>();
  readonly invites = new Map<string, InviteRow>();
  readonly counted: CountedCase[] = [];

  async addApiToken(token: ApiTokenRow) {
    if (this.tokens.some(({ name }) => name === token.name)) return false;
    this.tokens.push(token);
    return true;
  }
  async apiTokens() {
    return [...this.tokens];
  }
  async dropApiToken(name: string) {
    const at = this.tokens.findIndex((token) => token.name === name);
    if (at >= 0) this.tokens.splice(at, 1);
    return at >= 0;
  }

  async agents() {
    return [...this.people];
  }
  async agentByLogin(login: string) {
    return this.people.find((agent) => agent.login === login) ?? null;
  }
  async addAgent(agent: AgentRow) {
    if (await this.agentByLogin(agent.login)) throw new Error('UNIQUE constraint failed');
    this.people.push(agent);
  }
  async changeAgent(agentId: string, change: Partial<AgentRow>) {
    const at = this.people.findIndex((person) => person.agentId === agentId);
    const person = this.people[at];
    if (person) this.people[at] = { ...person, ...change };
  }
  async openSession(session: {
    tokenHash: string;
    agentId: string;
    expiresAt: number;
    csrf: string;
  }) {
    const { tokenHash, ...rest } = session;
    this.sessions.set(tokenHash, rest);
  }
  async session(tokenHash: string, now: number) {
    const known = this.sessions.get(tokenHash);
    const agent = this.people.find((person) => person.agentId === known?.agentId);
    if (!known || !agent || known.expiresAt <= now) return null;
    return { agent, csrf: known.csrf, expiresAt: known.expiresAt };
  }
  async closeSession(tokenHash: string) {
    this.sessions.delete(tokenHash);
  }
  async closeSessionsOf(agentId: string, except: string | null) {
    for (const [hash, session] of this.sessions) {
      if (session.agentId === agentId && hash !== except) this.sessions.delete(hash);
    }
  }
  async casesForDesk({ open, limit }: { open: boolean; limit: number }) {
    const isOpen = (row: CaseRow) => ['submitted', 'inReview', 'needsInfo'].includes(row.status);
    return this.cases.filter((row) => isOpen(row) === open).slice(0, limit);
  }
  async casesOf(conversationId: string) {
    return this.cases.filter((row) => row.conversationId === conversationId);
  }
  async notices(since: number, limit: number) {
    return this.noted.filter(({ at }) => at >= since).slice(0, limit);
  }
  async personalData(conversationId: string) {
    const photos = [...this.blobs.values()].filter(
      (blob) => blob.conversationId === conversationId,
    );
    const lines = this.lines.filter((line) => line.conversationId === conversationId);
    return { photos: photos.length, sadpStrings: this.secrets.size, lines: lines.length };
  }
  async caseById(caseId: string) {
    return this.cases.find((row) => row.caseId === caseId) ?? null;
  }
  async casesLike(caseId: string, limit: number) {
    return (this.similar.get(caseId) ?? []).slice(0, limit);
  }
  async conversationsForDesk(limit: number) {
    return this.conversations.slice(0, limit);
  }
  async conversationById(conversationId: string) {
    return this.conversations.find((row) => row.conversationId === conversationId) ?? null;
  }
  async remembered(conversationId: string) {
    return this.held.get(conversationId) ?? null;
  }
  async inbox(agentId: string, which: { show: string } | { ids: readonly string[] }) {
    const rows = this.conversations.filter((row) =>
      'ids' in which ? which.ids.includes(row.conversationId) : which.show === 'open',
    );
    return rows.map((row) => {
      const theirs = this.lines.filter((line) => line.conversationId === row.conversationId);
      const seen = this.seen.get(`${agentId} ${row.conversationId}`) ?? 0;
      return {
        ...row,
        waiting: this.held.get(row.conversationId)?.waiting ?? null,
        unread:
          row.owner.who === 'bot'
            ? 0
            : theirs.filter(({ id, author }) => author === 'installer' && id > seen).length,
        lastLine: theirs.at(-1)?.id ?? 0,
        openCases: 0,
        answerBy: null,
      };
    });
  }
  async markSeen(agentId: string, conversationId: string, lineId: number) {
    this.seen.set(`${agentId} ${conversationId}`, lineId);
  }
  async conversationsWithCase(part: string, limit: number) {
    const found = this.cases.filter((row) => `${row.serial} ${row.number}`.includes(part));
    return found.map((row) => row.conversationId).slice(0, limit);
  }
  async newestLines(before: number, limit: number) {
    return this.lines
      .filter(({ id }) => before === 0 || id < before)
      .toReversed()
      .slice(0, limit)
      .map(({ id, conversationId, at, shown }) => ({ id, conversationId, at, text: shown.text }));
  }
  async namedConversations(before: number, limit: number) {
    return this.conversations
      .flatMap(({ conversationId, accountName }, at) =>
        accountName === null ? [] : [{ place: at + 1, conversationId, name: accountName }],
      )
      .toReversed()
      .filter(({ place }) => before === 0 || place < before)
      .slice(0, limit);
  }
  async addNote(note: NoteRow) {
    if (!this.internal.some(({ noteId }) => noteId === note.noteId)) this.internal.push(note);
  }
  async notes(conversationId: string) {
    return this.internal.filter((note) => note.conversationId === conversationId);
  }
  async countedCases(from: number, to: number) {
    return this.counted.filter(({ submittedAt }) => submittedAt >= from && submittedAt < to);
  }
  async offDuty() {
    return [...this.off];
  }
  async setDuty(agentId: string, on: boolean) {
    if (on) this.off.delete(agentId);
    else this.off.add(agentId);
  }
  async addInvite(invite: InviteRow) {
    this.invites.set(invite.tokenHash, invite);
  }
  async takeInvite(tokenHash: string, now: number) {
    const invite = this.invites.get(tokenHash) ?? null;
    this.invites.delete(tokenHash);
    return invite && invite.expiresAt > now ? invite : null;
  }
  async transcript(conversationId: string, after: number, limit: number) {
    return this.lines
      .filter((line) => line.conversationId === conversationId && line.id > after)
      .slice(0, limit);
  }
  async putBlob(bytes: Uint8Array, mime: string) {
    const blobId = `b-${this.blobs.size}`;
    this.blobs.set(blobId, { bytes, mime, conversationId: '' });
    return blobId;
  }
  async getBlob(blobId: string) {
    const blob = this.blobs.get(blobId);
    return blob ? { bytes: blob.bytes, mime: blob.mime } : null;
  }
  async getMaskedBlob(blobId: string) {
    return this.maskedBlobs.get(blobId) ?? null;
  }
  async putMaskedBlob(blobId: string, bytes: Uint8Array, mime: string) {
    if (!this.maskedBlobs.has(blobId)) this.maskedBlobs.set(blobId, { bytes, mime });
  }
  async blobBelongsTo(blobId: string, conversationId: string) {
    return this.blobs.get(blobId)?.conversationId === conversationId;
  }
  async revealSecret(ref: string) {
    return this.secrets.get(ref) ?? null;
  }
  async setVerified(accountId: string, verified: boolean) {
    for (const row of this.conversations) {
      if (row.accountId === accountId) row.accountVerified = verified;
    }
  }
  async waitingVerifications(limit: number) {
    return this.verifications.filter(({ status }) => status === 'waiting').slice(0, limit);
  }
  async waitingVerificationsOf(accountId: string) {
    return this.verifications.filter(
      (row) => row.status === 'waiting' && row.accountId === accountId,
    );
  }
  async verification(id: string) {
    return this.verifications.find(({ application }) => application.applicationId === id) ?? null;
  }
  async decideVerification(
    id: string,
    decision: { status: 'approved' | 'refused'; reason: string | null; by: string; at: number },
  ) {
    const row = await this.verification(id);
    if (row?.status !== 'waiting') return false;
    const { status, reason, by, at } = decision;
    Object.assign(row, { status, reason, decidedBy: by, decidedAt: at });
    return true;
  }
  async conversationsOf(accountId: string) {
    return this.conversations.filter((row) => row.accountId === accountId);
  }
  async audit(line: AuditLine) {
    this.trail.push(line);
  }
  async auditTrail(limit: number) {
    return this.trail.toReversed().slice(0, limit);
  }
}
