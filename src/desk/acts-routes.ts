import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import type { Acts } from './acts.ts';
import { conversationOf } from './conversations-routes.ts';
import { DeskError, refuseField } from './errors.ts';
import { fileIn, takeFiles } from './files-routes.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';

const TakeOverSchema = z.object({
  /** Whose conversation is taken away, when an agent is writing in it. */
  from: z.string().nullable().default(null),
});
const SaySchema = z.object({
  /** The page's id of what is written: sent again, it is said once. */
  id: z.uuid(),
  text: z.string('textNeeded').trim().min(1, 'textNeeded').max(4000, 'textLong'),
});
const SentSchema = z.object({ id: z.uuid() });
const PICTURES = ['image/jpeg', 'image/png', 'image/webp'];
const MOST_BYTES = 15 * 1024 * 1024;
const VerifiedSchema = z.object({ verified: z.boolean() });

const agentOf = (request: FastifyRequest) => sessionOf(request).agent;

/** What agents do in a conversation, over HTTP. */
export function actsRoutes(
  scope: FastifyInstance,
  options: DeskOptions,
  { acts, now }: { acts: Acts; now: () => number },
): void {
  const { store } = options;
  const at = '/api/desk/conversations/:conversationId';

  scope.post(`${at}/take-over`, async (request) => {
    const { from } = parse(TakeOverSchema, request.body ?? {}, refuseField);
    const row = await conversationOf(request, options);
    await acts.takeOver(agentOf(request), row, from);
    return {};
  });

  scope.post(`${at}/hand-back`, async (request) => {
    await acts.handBack(agentOf(request), await conversationOf(request, options));
    return {};
  });

  scope.post(`${at}/say`, async (request) => {
    const { id, text } = parse(SaySchema, request.body, refuseField);
    await acts.say(agentOf(request), await conversationOf(request, options), id, text);
    return {};
  });

  scope.register(async (pictures) => {
    pictures.addContentTypeParser(
      PICTURES,
      { parseAs: 'buffer', bodyLimit: MOST_BYTES },
      (_, body, done) => done(null, body),
    );
    pictures.post(`${at}/photo`, async (request) => {
      const { id } = parse(SentSchema, request.query, refuseField);
      const row = await conversationOf(request, options);
      if (!(request.body instanceof Uint8Array)) throw new DeskError('notAPicture');
      await acts.showPhoto(agentOf(request), row, id, request.body);
      return {};
    });
  });

  scope.register(async (files) => {
    takeFiles(files);
    files.post(`${at}/file`, async (request) => {
      const { id } = parse(SentSchema, request.query, refuseField);
      const row = await conversationOf(request, options);
      await acts.sendFile(agentOf(request), row, id, fileIn(request));
      return {};
    });
  });

  scope.post(`${at}/verified`, async (request) => {
    const { verified } = parse(VerifiedSchema, request.body, refuseField);
    const row = await conversationOf(request, options);
    await options.verify.set(row.accountId, verified).catch((cause) => {
      throw new DeskError('notKept', {}, { cause });
    });
    await store.audit({
      at: now(),
      actor: agentOf(request).agentId,
      action: verified ? 'account.verify' : 'account.unverify',
      subject: row.conversationId,
      detail: row.accountId,
    });
    return {};
  });
}
