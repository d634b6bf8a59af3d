import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import type { CaseRow, TranscriptLine } from '../store/contract.ts';
import { DeskError, refuseField } from './errors.ts';
import { requireAdmin, sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';

const ParamsSchema = z.object({ conversationId: z.string().min(1).max(200) });
const PAGE = 500;

const timeOf = (at: number) => new Date(at).toISOString();

/** A SADP string is a secret of the device: that there was one is told, its text is not. */
function caseOf(row: CaseRow) {
  const { draft } = row;
  return {
    number: row.number,
    serial: row.serial,
    status: row.status,
    reason: row.reason,
    note: row.note,
    submittedAt: timeOf(row.submittedAt),
    updatedAt: timeOf(row.updatedAt),
    answerBy: timeOf(row.answerBy),
    network: draft.network,
    photos: draft.photos.length,
    sadpString: draft.sadp !== null,
    answer: draft.answer,
    consentVersion: draft.consentVersion,
  };
}

function lineOf({ at, author, agentName, shown, blobIds }: TranscriptLine) {
  return { at: timeOf(at), author, agentName, text: shown.text, photos: blobIds.length };
}

/** POST …/conversations/:conversationId/export: a person's data, for an admin to hand over. */
export function exportRoute(
  scope: FastifyInstance,
  { store }: DeskOptions,
  now: () => number,
): void {
  scope.post('/api/desk/conversations/:conversationId/export', async (request) => {
    requireAdmin(request);
    const { conversationId } = parse(ParamsSchema, request.params, refuseField);
    const row = await store.conversationById(conversationId);
    if (row === null) throw new DeskError('noConversation');
    // Written before it is shown: nobody takes it away unrecorded.
    await store.audit({
      at: now(),
      actor: sessionOf(request).agent.agentId,
      action: 'conversation.export',
      subject: conversationId,
    });
    const lines: TranscriptLine[] = [];
    for (let more = true; more; ) {
      const page = await store.transcript(conversationId, lines.at(-1)?.id ?? 0, PAGE);
      lines.push(...page);
      more = page.length === PAGE;
    }
    const { channel, chatId, language, accountName, accountVerified } = row;
    return {
      exportedAt: timeOf(now()),
      account: { channel, chatId, language, name: accountName, verified: accountVerified },
      kept: await store.personalData(conversationId),
      cases: (await store.casesOf(conversationId)).map(caseOf),
      conversation: lines.map(lineOf),
    };
  });
}
