import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { withoutVerificationCode } from '../domain/label.ts';
import { withoutSadpCodes } from '../domain/sadp-string.ts';
import { parse } from '../server/parse.ts';
import { conversationOf } from './conversations-routes.ts';
import { refuseField } from './errors.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import type { NoteView } from './wire/conversations.ts';

const BodySchema = z.object({
  /** The page's id of the note: sent again, it is kept once. */
  id: z.uuid(),
  text: z.string('textNeeded').trim().min(1, 'textNeeded').max(2000, 'textLong'),
});

/** What agents write down beside a conversation, for each other. */
export function notesRoutes(scope: FastifyInstance, options: DeskOptions, now: () => number): void {
  const { store } = options;
  const at = '/api/desk/conversations/:conversationId/notes';

  scope.get(at, async (request) => {
    const { conversationId } = await conversationOf(request, options);
    const names = new Map((await store.agents()).map(({ agentId, name }) => [agentId, name]));
    const notes = (await store.notes(conversationId)).map(
      (note): NoteView => ({
        noteId: note.noteId,
        at: note.at,
        agentName: names.get(note.agentId) ?? null,
        text: note.text,
      }),
    );
    return { notes };
  });

  scope.post(at, async (request) => {
    const { id, text } = parse(BodySchema, request.body, refuseField);
    const { conversationId } = await conversationOf(request, options);
    await store.addNote({
      noteId: id,
      conversationId,
      at: now(),
      agentId: sessionOf(request).agent.agentId,
      // Notes lie in the open, as the transcript does.
      text: withoutVerificationCode(withoutSadpCodes(text.normalize('NFC'))),
    });
    options.tell(conversationId);
    return {};
  });
}
