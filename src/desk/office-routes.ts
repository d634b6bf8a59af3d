import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import vi from '../../locales/vi/office.json' with { type: 'json' };
import type { Refusal } from '../office/contract.ts';
import { parse } from '../server/parse.ts';
import { DeskError, refuseField } from './errors.ts';
import { requireAdmin, sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';

/** Parts of the page, each with a name. */
const SECTIONS: Record<string, string> = vi.sections;

const PreviewSchema = z.object({ book: z.unknown() });
const SaveSchema = z.object({ book: z.unknown(), version: z.string().max(100), tell: z.boolean() });

/** @throws DeskError the first wrong place, by its name on the page */
function refuse(refusal: Refusal): never {
  if (refusal.as === 'sameTerms') throw new DeskError('sameTerms');
  const [first = ''] = refusal.places;
  const [, name = '', line] = /^(\w+)(?:\.\w+)*(?:\[(\d+)\])?/.exec(first) ?? [];
  const section = Object.hasOwn(SECTIONS, name) ? name : 'book';
  throw new DeskError('badBook', {
    section,
    line: line === undefined ? '' : ` (${Number(line) + 1})`,
  });
}

/** /api/desk/office: the office book, tried and saved. For admins; canned replies are for everybody. */
export function officeRoutes(
  scope: FastifyInstance,
  { office, store }: DeskOptions,
  now: () => number,
): void {
  scope.get('/api/desk/office', async (request) => {
    requireAdmin(request);
    return office.state();
  });

  scope.get('/api/desk/canned-replies', async () => ({
    replies: office.state().book.cannedReplies,
  }));

  scope.post('/api/desk/office/preview', async (request) => {
    requireAdmin(request);
    const { book } = parse(PreviewSchema, request.body, refuseField);
    const preview = await office.preview(book);
    if (preview.as !== 'fine') refuse(preview);
    return { open: preview.open, moved: preview.moved };
  });

  scope.post('/api/desk/office', async (request) => {
    requireAdmin(request);
    const { book, version, tell } = parse(SaveSchema, request.body, refuseField);
    const saved = await office.save({ book, seen: version, tell });
    if (saved.as === 'changedMeanwhile') throw new DeskError('bookChanged');
    if (saved.as !== 'saved') refuse(saved);
    await store.audit({
      at: now(),
      actor: sessionOf(request).agent.agentId,
      action: 'office.save',
      subject: office.state().version,
      detail: `${saved.moved}`,
    });
    return { moved: saved.moved, office: office.state() };
  });
}
