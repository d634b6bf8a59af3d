import type { Context } from '../dialogue/context.ts';
import type { Conversation } from '../dialogue/conversation.ts';
import type { Application, CaseDraft, OutboxEffect } from '../dialogue/effect.ts';
import type { ChannelName, Event, Language } from '../dialogue/event.ts';
import type { Owner } from '../dialogue/owner.ts';
import type { Reply } from '../dialogue/reply.ts';
import type { TurnResult } from '../dialogue/turn.ts';
import type { CaseStatus, RefusalReason } from '../domain/case.ts';
import type { PromiseMade } from '../domain/promise.ts';
import type { Rendered } from '../words/words.ts';

/** A line of a conversation as it was shown. `id` rises within the whole store; live views resume from it. */
export interface TranscriptLine {
  id: number;
  conversationId: string;
  at: number;
  author: 'installer' | 'bot' | 'agent';
  agentName: string | null;
  language: Language;
  /** The text that was shown, with its choices, pictures and step as rendered then. */
  shown: Rendered;
  /** The reply behind it (key and parameters), for lines of the bot. */
  reply: Reply | null;
  blobIds: string[];
  secretRef: string | null;
  /** An outgoing line's delivery. Incoming lines are `sent`. */
  delivery: 'due' | 'sent' | 'failed' | 'cancelled' | 'expired';
  /** Which way its channel chose for it, and why, where a channel has several. */
  way?: DeliveryWay;
  /** The conversation of the same account that was told instead. */
  toldIn: { conversationId: string; channel: ChannelName } | null;
}

/** Words that the agents' page translates: `ways` and `waysWhy` in locales/<language>/desk.json. */
export interface DeliveryWay {
  way: string;
  why: string;
}

/** Rows of the account's context that the store reads in the turn's transaction. */
export interface Loaded {
  conversation: Conversation | null;
  /** Why the stored conversation cannot be read, and so is missing here; null when it can. */
  damaged: string | null;
  /** The id the conversation has or, when there is none yet, will have. */
  conversationId: string;
  account: Context['account'];
  cases: Context['cases'];
  secrets: Context['secrets'];
  link: Context['link'];
}

/** What a decided turn asks the store to write, rendered texts included. */
export interface Decided extends TurnResult {
  heardShown: Rendered | null;
  /** One per `send` effect, in order. */
  sendsShown: Rendered[];
  /** Why the turn threw: the event is kept, encrypted, in the same transaction. Null when it did not. */
  setAside: string | null;
}

/** Runs one turn. Must not throw: a turn that throws is caught and answered by the engine. */
export type Decide = (event: Event, loaded: Loaded) => Decided;

/** How a finished attempt at an outbox effect is written down, with the next commit. */
export type Settlement =
  | { effectId: number; as: 'done' | 'cancelled' | 'expired' }
  | { effectId: number; as: 'dead' | 'ambiguous'; why: string }
  /** News that another conversation of the account tells: its line says so. */
  | { effectId: number; as: 'passedOn'; toldIn: string }
  /**
   * The address takes nothing until something comes from it. The effect is dead, and so are the
   * other sends that wait for this conversation, except news, which may be told elsewhere: that
   * stays due, this effect included.
   */
  | { effectId: number; as: 'unreachable'; why: string }
  /** `deferred`: leaves its lane, so that what stands behind it goes on. */
  | { effectId: number; as: 'retry'; at: number; why: string; deferred?: boolean };

export interface TurnOutcome {
  eventId: string;
  conversationId: string;
  /** `duplicate`: this event id was seen before, nothing was done. */
  outcome: 'done' | 'duplicate';
  /** Who owns the conversation by this turn; null of a duplicate. */
  owner: Owner | null;
  /**
   * The outbox effects that this turn wrote, so that whoever committed can deliver them at once.
   * Without those that have to wait for another process or for a retry: `dueEffects` finds them.
   */
  effects: DueEffect[];
}

export interface DueEffect {
  effectId: number;
  conversationId: string;
  channel: Event['channel'];
  chatId: string;
  /**
   * Effects of one lane are delivered in order; null = no order. Replies and pushes of a
   * conversation have a lane each, so that news may overtake a reply that waits for a retry. Its
   * cases have one, too.
   */
  lane: string | null;
  dueAt: number;
  expiresAt: number | null;
  attempts: number;
  repeat: 'safe' | 'harmful';
  /** Set before the call of a harmful effect; if still set at a start, it is ambiguous. */
  attemptedAt: number | null;
  /** Owner epoch under which a reply was made. */
  epoch: number;
  /** The transcript line of a `send`, and what it shows. */
  lineId: number | null;
  shown: Rendered | null;
  effect: OutboxEffect;
}

export interface CaseRow {
  caseId: string;
  number: string;
  conversationId: string;
  accountId: string;
  language: Language;
  channel: Event['channel'];
  chatId: string;
  formId: string;
  serial: string;
  status: CaseStatus;
  reason: RefusalReason | null;
  note: string | null;
  decidedBy: string | null;
  revision: number;
  submittedAt: number;
  updatedAt: number;
  answerBy: number;
  draft: CaseDraft;
}

/** Where news of a conversation may go. */
export interface Routes {
  /** Why its own address takes nothing, or null. */
  unreachable: string | null;
  /** Other conversations of its account that can be reached, the preferred one first. */
  others: { conversationId: string; channel: ChannelName; chatId: string }[];
}

/** A case that has something in common with another one. */
export interface SimilarCase {
  row: CaseRow;
  sameSerial: boolean;
  /** Its pictures that are likely a picture of the other case, and in how many of 64 bits they differ. */
  pictures: { blobId: string; theirs: string; bits: number }[];
}

/** A status that a case had, from when on. */
export interface CaseStep {
  status: CaseStatus;
  at: number;
}

/** Where a browser takes notifications of a conversation (Web Push); what a browser's own object says. */
export interface PushSubscriptionRow {
  /** Whoever knows it may send there: a secret. */
  endpoint: string;
  /** base64url. */
  keys: { p256dh: string; auth: string };
}

/** A link to a page by which somebody sends files into their conversation, once. */
export interface UploadLinkRow {
  /** Base64url SHA-256 of the token: who reads the store cannot use the link. */
  tokenHash: string;
  channel: Event['channel'];
  chatId: string;
  expiresAt: number;
  usedAt: number | null;
}

/** What a pairing code leads to. */
export interface Pairing {
  channel: Event['channel'];
  chatId: string;
  /** The form that the code was made for. */
  formId: string;
}

export interface ConversationRow {
  conversationId: string;
  channel: Event['channel'];
  chatId: string;
  accountId: string;
  /**
   * What the platform calls the person; else what one calls them in another chat of the account,
   * else the company that was verified. Null where nobody said.
   */
  accountName: string | null;
  accountVerified: boolean;
  language: Language;
  owner: Conversation['owner'];
  updatedAt: number;
  lastText: string | null;
}

/** A conversation as an agent's inbox lists it. */
export interface InboxRow extends ConversationRow {
  waiting: Conversation['waiting'];
  /** The installer's messages that this agent has not seen; 0 where the bot answers alone. */
  unread: number;
  /** The newest line, and so what a look at the conversation has seen. */
  lastLine: number;
  /** Of its open cases: how many, and the soonest promise. */
  openCases: number;
  answerBy: number | null;
}

/** Words of agents among themselves, beside a conversation; no installer sees them. */
export interface NoteRow {
  noteId: string;
  conversationId: string;
  at: number;
  agentId: string;
  text: string;
}

/** A link that lets one person in, by its hash. */
export interface InviteRow {
  tokenHash: string;
  role: Exclude<AgentRow['role'], 'left'>;
  invitedBy: string;
  expiresAt: number;
}

/** A case as figures count it. */
export interface CountedCase {
  caseId: string;
  number: string;
  channel: Event['channel'];
  language: Language;
  submittedAt: number;
  /** What agents aimed at: in working hours the promise itself, else soon after the opening. */
  target: number;
  answerBy: number;
  /** In order, its opening included. */
  steps: CaseStep[];
  reason: RefusalReason | null;
  decidedBy: string | null;
  /** Whether an agent wrote in the conversation between the case's opening and its end. */
  human: boolean;
  /** 1 to 3, by the installer; null when they gave none. */
  rating: number | null;
}

/** A company's application for its verification, and what became of it. */
export interface VerificationRow {
  /** Of the chat that applied. */
  conversationId: string;
  channel: Event['channel'];
  chatId: string;
  accountId: string;
  language: Language;
  application: Application;
  status: 'waiting' | 'approved' | 'refused';
  decidedAt: number | null;
  decidedBy: string | null;
  /** Why it was refused, in words for the installer. */
  reason: string | null;
}

export interface AgentRow {
  agentId: string;
  name: string;
  login: string;
  /** `scrypt$N$r$p$salt$hash`, base64. */
  passwordHash: string;
  /** `left`: may no longer sign in; kept, for what they did is named by them. */
  role: 'admin' | 'agent' | 'viewer' | 'left';
}

/** Something that agents or operators should know; see src/office/notices.ts for what `data` holds. */
export interface NoticeRow {
  /** Once by this key, whichever process finds it due. */
  key: string;
  kind: 'nudge' | 'escalation' | 'digest' | 'summary' | 'holidays';
  at: number;
  /** The case that it is about, or null. */
  caseId: string | null;
  data: Record<string, number>;
}

/** What became of cases in a stretch of time. */
export interface CaseFigures {
  sent: number;
  unbound: number;
  rejected: number;
  cancelled: number;
  /** Of those decided: by when it was promised, or later. */
  kept: number;
  late: number;
  /** Open at the end of it, whenever they were sent, and of those past their promise. */
  open: number;
  overdue: number;
}

/** How much of a person's data is here, or was deleted. */
export interface PersonalData {
  photos: number;
  sadpStrings: number;
  lines: number;
}

/** A conversation's topic in the agents' Telegram group. */
export interface ForumTopicRow {
  conversationId: string;
  /** Null before there is one, and after it was deleted there. */
  threadId: number | null;
  /** Up to which line of the conversation the topic has been told. */
  lineId: number;
  /** Something beside the lines is still to be shown there. */
  unfinished: boolean;
  /** JSON; src/forum/topic-state.ts says what it holds. */
  state: string;
  /** The person's data was deleted here: the topic has to go, too. */
  doomed: boolean;
}

/** An update of that group, as Telegram told it, which waits to be dealt with. */
export interface ForumUpdateRow {
  updateId: string;
  /** JSON of the update. */
  text: string;
  at: number;
  dueAt: number;
  attempts: number;
}

/** A token by which a program of the operators asks; the token itself is nowhere. */
export interface ApiTokenRow {
  /** Base64url SHA-256. */
  tokenHash: string;
  name: string;
  scopes: string[];
  createdAt: number;
  createdBy: string;
  /** Null = until it is dropped. */
  expiresAt: number | null;
}

/** An effect that failed for good, or may have gone out. Of what it holds, only the case it is about. */
export interface DeadLetter {
  effectId: number;
  kind: OutboxEffect['kind'];
  state: 'dead' | 'ambiguous';
  why: string | null;
  attempts: number;
  createdAt: number;
  conversationId: string;
  channel: Event['channel'];
  caseId: string | null;
}

export interface AuditLine {
  at: number;
  actor: string;
  action: string;
  subject: string;
  detail?: string;
}

/** What somebody does this moment. */
export type Hint =
  /** An agent writes in the conversation. */
  | { kind: 'writing'; conversationId: string; agentId: string; name: string }
  /** Its person writes; or a page of theirs is open, or the last one was closed. */
  | { kind: 'typing' | 'open' | 'shut'; conversationId: string };

/** The store as everybody knows it. Two engines stand behind it; nobody else speaks SQL. */
export interface Store {
  // turns
  /**
   * Commits the turns of these events, in order, with `settlements`, in one transaction; where
   * several processes share a store, in one for each turn of a conversation, with the settlements
   * in the last. Rejects on SQL errors only. Then nothing of that transaction is written, and what
   * was before it is a duplicate when it is delivered again.
   */
  commit(
    events: readonly Event[],
    decide: Decide,
    settlements: readonly Settlement[],
  ): Promise<TurnOutcome[]>;
  /** Events of turns that threw, newest first, for operators: what and why, never the content. */
  setAsideEvents(
    limit: number,
  ): Promise<{ eventId: string; type: Event['type']; at: number; why: string }[]>;

  // outbox and timers
  /**
   * Effects that are due, oldest first. Of a lane, none that stands behind one not yet due.
   * Expired ones are among them: the worker says so of each. They are this process' from then on,
   * as are those that it committed, until it settles them or dies: no other is given them, and what
   * another has taken over meanwhile, a late settlement does not touch.
   */
  dueEffects(now: number, limit: number): Promise<DueEffect[]>;
  /** When the next effect or timer is due, or null. */
  nextDue(): Promise<number | null>;
  markAttempted(effectId: number, at: number): Promise<void>;
  /** Whether the effect is still this process' to perform; one that stood still finds out by this. */
  holdsEffect(effectId: number): Promise<boolean>;
  dueTimers(
    now: number,
    limit: number,
  ): Promise<
    {
      timerId: number;
      conversationId: string;
      channel: Event['channel'];
      chatId: string;
      timer: string;
      dueAt: number;
    }[]
  >;
  ownerEpoch(conversationId: string): Promise<number>;

  // cases
  /**
   * Opens a case, once by `draft.caseId`: asked again it answers as it did before. The partial
   * unique index on the serial of open cases is the only arbiter between two conversations.
   */
  openCase(input: {
    conversationId: string;
    draft: CaseDraft;
  }): Promise<{ outcome: 'opened'; number: string } | { outcome: 'duplicate'; own: boolean }>;
  caseById(caseId: string): Promise<CaseRow | null>;
  /** All cases of a conversation, newest first. */
  casesOf(conversationId: string): Promise<CaseRow[]>;
  /** What became of the case, oldest first, its opening included. */
  caseSteps(caseId: string): Promise<CaseStep[]>;
  casesForDesk(filter: { open: boolean; limit: number }): Promise<CaseRow[]>;
  /**
   * Writes a new promise to an open case that was taken only at `takenAt`. It is no step of the case,
   * and no revision: whoever decides it counts those.
   */
  renewPromise(caseId: string, promise: PromiseMade, takenAt: number): Promise<void>;
  /**
   * Other cases of this case's serial, or with a photo that looks like one of its photos, whoever
   * sent them; newest first. Pictures without structure (dark, empty) are not compared.
   */
  casesLike(caseId: string, limit: number): Promise<SimilarCase[]>;

  // reading conversations
  transcript(conversationId: string, after: number, limit: number): Promise<TranscriptLine[]>;
  conversationById(conversationId: string): Promise<ConversationRow | null>;
  conversationByChat(channel: Event['channel'], chatId: string): Promise<ConversationRow | null>;
  conversationsForDesk(limit: number): Promise<ConversationRow[]>;
  /** When the person last said or sent something; null when they never did. */
  lastHeard(conversationId: string): Promise<number | null>;
  /** Keeps which way a line went, or waits to go; a later one takes its place. */
  keepWay(lineId: number, way: DeliveryWay): Promise<void>;
  /** Everything a conversation remembers; null when there is none. */
  remembered(conversationId: string): Promise<Conversation | null>;

  // the agents' inbox
  /**
   * Conversations as this agent sees them: those named, or the open or the closed ones. Open is what
   * a human is asked for or has, what has an open case, and what was active since `since`. Those
   * with a human come first, then the newest.
   */
  inbox(
    agentId: string,
    which: { show: 'open' | 'closed'; since: number; limit: number } | { ids: readonly string[] },
  ): Promise<InboxRow[]>;
  /** This agent has seen the conversation up to this line. */
  markSeen(agentId: string, conversationId: string, lineId: number): Promise<void>;
  /** Conversations with a case whose serial or number contains this, newest first. */
  conversationsWithCase(part: string, limit: number): Promise<string[]>;
  /** Lines with their texts, from the newest below `before` (0 = all) downwards. */
  newestLines(
    before: number,
    limit: number,
  ): Promise<{ id: number; conversationId: string; at: number; text: string }[]>;
  /**
   * Conversations whose `accountName` is known, from the newest below `before` (0 = all) downwards.
   * `place`: what the next page begins below.
   */
  namedConversations(
    before: number,
    limit: number,
  ): Promise<{ place: number; conversationId: string; name: string }[]>;
  /** Once by its `noteId`. */
  addNote(note: NoteRow): Promise<void>;
  /** Oldest first. */
  notes(conversationId: string): Promise<NoteRow[]>;
  /** Cases that were sent in [from, to), oldest first. */
  countedCases(from: number, to: number): Promise<CountedCase[]>;
  /** How an installer found a case's handling, 1 to 3; once by case. */
  rate(caseId: string, score: number, at: number): Promise<void>;

  /** Tokens that a typed number picks now: the first is what "1" means. */
  offeredChoices(conversationId: string): Promise<string[]>;

  // links by which files are sent
  addUploadLink(link: Omit<UploadLinkRow, 'usedAt'>): Promise<void>;
  /** Null also for one that ended more than a day ago. */
  uploadLink(tokenHash: string): Promise<UploadLinkRow | null>;
  /** The link is used up; the first time counts. */
  useUploadLink(tokenHash: string, at: number): Promise<void>;

  // conversations that share an account
  /**
   * Keeps a link code of this conversation until `expiresAt`; its earlier ones hold no more. False,
   * and nothing kept, when it has had many within the hour.
   */
  offerLinkCode(conversationId: string, code: string, expiresAt: number): Promise<boolean>;
  routesOf(conversationId: string): Promise<Routes>;

  // browsers that take notifications
  /** Saved again, the endpoint belongs to this conversation alone and is its newest. */
  savePushSubscription(conversationId: string, subscription: PushSubscriptionRow): Promise<void>;
  /** Oldest first. */
  pushSubscriptions(conversationId: string): Promise<PushSubscriptionRow[]>;
  dropPushSubscription(endpoint: string): Promise<void>;

  // pairing codes of scanners, by their hash
  /**
   * Keeps a code for a form of a conversation, whose older unused ones end with it, as do all that
   * expired by `now`. False: the code is known already, perhaps to somebody else; take another.
   */
  offerPairing(
    pairing: { codeHash: string; conversationId: string; formId: string; expiresAt: number },
    now: number,
  ): Promise<boolean>;
  /**
   * Gives a code to the first scan that asks for it, and to that one again; null for every other,
   * and for a code that is unknown or has expired.
   */
  claimPairing(codeHash: string, scanId: string, now: number): Promise<Pairing | null>;

  // messages of platforms
  /** Which message of the platform shows a conversation's `progress` now; see `Reply`. */
  keepShownMessage(conversationId: string, progress: string, messageId: string): Promise<void>;
  shownMessage(conversationId: string, progress: string): Promise<string | null>;

  // where platforms are reached, and files that they only name by a link; sealed
  /** Kept ahead of the conversation's first turn, so it is known by chat. The newest counts. */
  keepAddress(channel: Event['channel'], chatId: string, address: string): Promise<void>;
  address(channel: Event['channel'], chatId: string): Promise<string | null>;
  /** Forgotten after a week, when the link has long expired. */
  /** What a platform calls the person of a chat; kept ahead of the first turn, too. The newest counts. */
  keepPersonName(channel: Event['channel'], chatId: string, name: string): Promise<void>;
  personName(channel: Event['channel'], chatId: string): Promise<string | null>;
  keepFileLink(ref: string, link: string): Promise<void>;
  fileLink(ref: string): Promise<string | null>;

  // secrets and photos
  revealSecret(ref: string): Promise<string | null>;
  putBlob(bytes: Uint8Array, mime: string): Promise<string>;
  getBlob(blobId: string): Promise<{ bytes: Uint8Array; mime: string } | null>;
  /** The copy of a photo with its secrets covered, once it was made. It is deleted with the photo. */
  getMaskedBlob(blobId: string): Promise<{ bytes: Uint8Array; mime: string } | null>;
  /** Keeps that copy, unless there is one or the photo is gone. */
  putMaskedBlob(blobId: string, bytes: Uint8Array, mime: string): Promise<void>;
  /** Whether this conversation sent or may see the photo. */
  blobBelongsTo(blobId: string, conversationId: string): Promise<boolean>;

  // the desk's people
  agents(): Promise<AgentRow[]>;
  agentByLogin(login: string): Promise<AgentRow | null>;
  addAgent(agent: AgentRow): Promise<void>;
  /** Changes what is given; the login stays. */
  changeAgent(
    agentId: string,
    change: Partial<Pick<AgentRow, 'name' | 'passwordHash' | 'role'>>,
  ): Promise<void>;
  /** Opens a session; with a `tokenHash` that is there already, prolongs it to `expiresAt`. */
  openSession(session: {
    tokenHash: string;
    agentId: string;
    expiresAt: number;
    csrf: string;
  }): Promise<void>;
  session(
    tokenHash: string,
    now: number,
  ): Promise<{ agent: AgentRow; csrf: string; expiresAt: number } | null>;
  closeSession(tokenHash: string): Promise<void>;
  /** Ends every session of an agent, save the one with this `tokenHash`. */
  closeSessionsOf(agentId: string, except: string | null): Promise<void>;
  /** Agents who are off duty. Somebody new is on duty. */
  offDuty(): Promise<string[]>;
  setDuty(agentId: string, on: boolean): Promise<void>;
  addInvite(invite: InviteRow): Promise<void>;
  /** Takes an invitation that holds at `now`, once; null when there is none. */
  takeInvite(tokenHash: string, now: number): Promise<InviteRow | null>;
  setVerified(accountId: string, verified: boolean): Promise<void>;
  /** Every conversation of an account. */
  conversationsOf(
    accountId: string,
  ): Promise<{ conversationId: string; channel: ChannelName; chatId: string }[]>;

  // companies' verification
  /** Keeps an application, once by its id; an earlier one of the chat that still waits goes. */
  keepApplication(conversationId: string, application: Application): Promise<void>;
  /** Those that wait, oldest first. */
  waitingVerifications(limit: number): Promise<VerificationRow[]>;
  /** Of an account, oldest first. */
  waitingVerificationsOf(accountId: string): Promise<VerificationRow[]>;
  verification(applicationId: string): Promise<VerificationRow | null>;
  /** Of several decisions on one that waits, the first counts: answers whether this one did. */
  decideVerification(
    applicationId: string,
    decision: { status: 'approved' | 'refused'; reason: string | null; by: string; at: number },
  ): Promise<boolean>;

  audit(line: AuditLine): Promise<void>;
  auditTrail(limit: number): Promise<AuditLine[]>;

  // programs of the operators
  /** @returns false when the name is taken */
  addApiToken(token: ApiTokenRow): Promise<boolean>;
  /** Null also when it has expired by `now`. */
  apiToken(tokenHash: string, now: number): Promise<ApiTokenRow | null>;
  apiTokens(): Promise<ApiTokenRow[]>;
  /** @returns false when there is none of this name */
  dropApiToken(name: string): Promise<boolean>;
  /** Newest first. */
  deadLetters(limit: number): Promise<DeadLetter[]>;
  /**
   * Makes a dead letter due again; a message lives as long as news from then on.
   * @returns false when it is none, or none any more
   */
  reviveEffect(effectId: number, now: number): Promise<boolean>;
  /**
   * Cases sent from `from` (inclusive) to `to` (exclusive), oldest first.
   * @param after the last one of the page before, or null
   */
  casesSent(
    range: { from: number; to: number },
    after: Pick<CaseRow, 'submittedAt' | 'caseId'> | null,
    limit: number,
  ): Promise<CaseRow[]>;

  // the office
  /** @returns false when there is one with its key already */
  addNotice(notice: NoticeRow): Promise<boolean>;
  /** Newest first, from `since` on. */
  notices(since: number, limit: number): Promise<NoticeRow[]>;
  /** @param from inclusive @param to exclusive, and the moment that `open` is of */
  caseFigures(from: number, to: number): Promise<CaseFigures>;

  // people's data
  /**
   * Deletes photos and SADP strings of cases that ended before these times, with those that no case
   * and no unfinished form holds. Answers what went, by conversation.
   */
  deleteExpired(before: {
    photos: number;
    sadpStrings: number;
  }): Promise<(PersonalData & { conversationId: string })[]>;
  personalData(conversationId: string): Promise<PersonalData>;
  /**
   * Deletes what a person sent and what was said: photos, strings, transcript, notifications, and
   * what their cases quote of it. Number, serial, decision and times of ended cases stay. What an
   * open case or an unfinished form holds stays, too.
   */
  deletePersonal(conversationId: string): Promise<PersonalData>;

  // other processes over the same store
  /**
   * Whether this process is the one that may do `name` now. It stays that one until it gives the
   * lease back or is taken for dead; asked again, it hears whether it still is. One that stood still
   * may believe a moment longer that it is: what is done under a lease has to bear two at once.
   */
  takeLease(name: string): Promise<boolean>;
  giveBackLease(name: string): Promise<void>;
  /**
   * True for the first that takes this tick of a task, by the tick's own time, and for none that
   * comes with it or with an older one afterwards. If it dies over its work, the tick is lost.
   */
  takeTick(name: string, at: number): Promise<boolean>;
  /** Tells them, soon, that this conversation has news. */
  tellNews(conversationId: string): Promise<void>;
  /** Hears what they tell. The result ends it. */
  hearNews(listener: (conversationId: string) => void): Promise<() => void>;
  /** Tells them what happens this moment; kept nowhere, and lost where it cannot be told at once. */
  tellHint(hint: Hint): Promise<void>;
  /** Hears their hints. The result ends it. */
  hearHints(listener: (hint: Hint) => void): Promise<() => void>;

  // small documents that all processes over the same store share
  /** A small text by name, such as the office book; null when there is none. */
  document(name: string): Promise<string | null>;
  putDocument(name: string, text: string, sealed: boolean): Promise<void>;
  /** Puts it unless there is one, and answers the one that is there then. */
  offerDocument(name: string, text: string, sealed: boolean): Promise<string>;
  /** Replaces it only while it says `before`; answers whether it did. Of several, one succeeds. */
  swapDocument(name: string, before: string, text: string, sealed: boolean): Promise<boolean>;
  dropDocument(name: string): Promise<void>;

  // the agents' Telegram group
  /** Keeps an update, sealed, once by its id: a second delivery of it changes nothing. */
  keepForumUpdate(update: Pick<ForumUpdateRow, 'updateId' | 'text' | 'at'>): Promise<void>;
  /** Those that wait, in the order in which they came, also when they are not due yet. */
  forumUpdates(limit: number): Promise<ForumUpdateRow[]>;
  /** It did not work; it is due again at `dueAt`. */
  putOffForumUpdate(updateId: string, dueAt: number): Promise<void>;
  endForumUpdate(updateId: string, at: number): Promise<void>;
  forumTopic(conversationId: string): Promise<ForumTopicRow | null>;
  forumTopicByThread(threadId: number): Promise<ForumTopicRow | null>;
  /** Writes everything but whether it is doomed, which an erasure says. */
  putForumTopic(topic: Omit<ForumTopicRow, 'doomed'>): Promise<void>;
  /** The topic is gone: of its row only stays how far it was told. */
  clearForumTopic(conversationId: string): Promise<void>;
  /**
   * Of those that changed at or after `since`, conversations with lines of which their topic has not
   * been told, oldest change first; and those whose topic is unfinished or doomed, whenever they changed.
   */
  forumBehind(since: number, limit: number): Promise<{ behind: string[]; unfinished: string[] }>;

  // leaving
  /**
   * Deletes what a person said, sent and left behind in this chat. Their cases stay without photos
   * and string, open ones cancelled; one that ended in an unbinding keeps its photos, which show
   * why it was right. Safe to repeat; a new message of theirs begins a new conversation.
   * @returns ids of the conversations that were still theirs
   */
  erasePerson(channel: Event['channel'], chatId: string, at: number): Promise<string[]>;

  // housekeeping
  /** Drops dedupe rows older than 7 days and settled effects, as of `now`. */
  sweep(now: number): Promise<void>;
  /** True when the process before did not stop cleanly. Marks this one as running. */
  begin(): Promise<{ unclean: boolean }>;
  /** For the first events after an unclean start: how often this event was begun, this time included. */
  countAttempt(event: Event): Promise<number>;
  close(): Promise<void>;
}
