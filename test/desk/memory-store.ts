import type { DeskStore } from '../../src/desk/options.ts';
import type { Conversation } from '../../src/dialogue/conversation.ts';
import type {
  AgentRow,
  ApiTokenRow,
  AuditLine,
  CaseRow,
  ConversationRow,
  NoticeRow,
  SimilarCase,
  TranscriptLine,
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
  /** Newest first. */
  readonly noted: NoticeRow[] = [];
  readonly similar = new Map<string, SimilarCase[]>();
  readonly suggested = new Map<string, Conversation['suggestions']>();

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
  async suggestions(conversationId: string) {
    return this.suggested.get(conversationId) ?? [];
  }
  async transcript(conversationId: string, after: number, limit: number) {
    return this.lines
      .filter((line) => line.conversationId === conversationId && line.id > after)
      .slice(0, limit);
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
  async audit(line: AuditLine) {
    this.trail.push(line);
  }
  async auditTrail(limit: number) {
    return this.trail.toReversed().slice(0, limit);
  }
}
