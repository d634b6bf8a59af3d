import type { Conversation } from '../dialogue/conversation.ts';
import { backendOf } from '../dialogue/effect.ts';
import { isOpenCase, mayBecome } from '../domain/case.ts';
import { differingPlaces } from '../domain/serial.ts';
import type { CaseRow, ConversationRow, SimilarCase, TranscriptLine } from '../store/contract.ts';
import { casePhotoView, similarCaseView } from './photo-views.ts';
import type { CaseView, ListedCase } from './wire/cases.ts';
import type { ConversationView, LineView, SuggestionView } from './wire/conversations.ts';

// Rows of the store as the desk page sees them.

export function listedCase(row: CaseRow): ListedCase {
  return {
    caseId: row.caseId,
    number: row.number,
    conversationId: row.conversationId,
    serial: row.serial,
    network: row.draft.network,
    language: row.language,
    channel: row.channel,
    status: row.status,
    reason: row.reason,
    decidedBy: row.decidedBy,
    submittedAt: row.submittedAt,
    updatedAt: row.updatedAt,
    answerBy: row.answerBy,
    target: row.draft.promise.internalTarget,
    flags: row.draft.flags,
    decidedHere: isDecidedHere(row),
  };
}

const STEPS = ['inReview', 'unbound', 'rejected', 'needsInfo'] as const;

/** Whether agents decide the case, or somebody's server. */
export function isDecidedHere({ draft }: CaseRow): boolean {
  return backendOf(draft) === 'desk';
}

/** What an agent may make of the case; nothing where somebody's server decides. */
function stepsOf(row: CaseRow, mayDecide: boolean): CaseView['steps'] {
  if (!mayDecide || !isDecidedHere(row) || !isOpenCase(row.status)) return [];
  return STEPS.filter((step) => mayBecome(row.status, step));
}

interface CaseSurroundings {
  conversation: ConversationRow | null;
  repairs: CaseRow | null;
  similar: readonly SimilarCase[];
  mayDecide: boolean;
  now: number;
}

export function caseView(row: CaseRow, around: CaseSurroundings): CaseView {
  const { draft } = row;
  const { conversation, repairs } = around;
  const sadp = draft.sadp && {
    format: draft.sadp.format,
    source: draft.sadp.source,
    exportedAt: draft.sadp.exportedAt,
    fileSerial: draft.sadp.fileSerial,
    fileDiffers:
      draft.sadp.fileSerial === null ? [] : differingPlaces(row.serial, draft.sadp.fileSerial),
    receivedAt: draft.sadp.receivedAt,
  };
  return {
    ...listedCase(row),
    now: around.now,
    revision: row.revision,
    steps: stepsOf(row, around.mayDecide),
    note: row.note,
    account: {
      name: conversation?.accountName ?? null,
      verified: conversation?.accountVerified ?? false,
    },
    owner: ownerView(conversation?.owner),
    serialFull: draft.serial.full ?? null,
    serialSource: draft.serialSource,
    scan: scanView(draft.scan),
    proof: draft.proof,
    proofWhy: draft.proofWhy,
    photos: draft.photos.map((photo) => casePhotoView(photo, row.serial)),
    sadp,
    answer: draft.answer,
    consentVersion: draft.consentVersion,
    repairs: repairs && { caseId: repairs.caseId, number: repairs.number },
    similar: around.similar.map((one) => similarCaseView(one, row)),
  };
}

function scanView(scan: CaseRow['draft']['scan']): CaseView['scan'] {
  if (!scan) return null;
  const { device, ...about } = scan;
  return { ...about, ...device };
}

function ownerView(owner: ConversationRow['owner'] | undefined): CaseView['owner'] {
  if (!owner) return { who: 'bot', agentId: null, agentName: null };
  return { who: owner.who, agentId: owner.agentId, agentName: owner.agentName };
}

export function conversationView(row: ConversationRow): ConversationView {
  return {
    conversationId: row.conversationId,
    channel: row.channel,
    language: row.language,
    accountName: row.accountName,
    accountVerified: row.accountVerified,
    owner: ownerView(row.owner),
    updatedAt: row.updatedAt,
    lastText: row.lastText,
  };
}

/** Of a string only that it came: its reference is nobody's business. */
export function suggestionView({
  at,
  what,
  detail,
  typed,
}: Conversation['suggestions'][number]): SuggestionView {
  if (what === 'serial' && typed) return { at, what: 'serialTyped', detail };
  return { at, what, detail: what === 'sadpString' ? null : detail };
}

export function lineView(line: TranscriptLine): LineView {
  return {
    id: line.id,
    at: line.at,
    author: line.author,
    agentName: line.agentName,
    language: line.language,
    text: line.shown.text,
    choices: line.shown.choices.map((choice) => choice.label),
    pictures: line.shown.pictures.map((picture) => picture.alt),
    photos: line.blobIds,
    file: line.shown.file ?? null,
    secret: line.secretRef !== null,
    delivery: line.delivery,
    way: line.way ?? null,
    toldIn: line.toldIn,
    aboutCase: line.author === 'bot' && line.shown.caseId !== undefined,
  };
}
