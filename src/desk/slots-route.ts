import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Form } from '../dialogue/conversation.ts';
import { AGENT_SLOTS } from '../dialogue/event.ts';
import { parseSerial } from '../domain/serial.ts';
import { parse } from '../server/parse.ts';
import { conversationOf } from './conversations-routes.ts';
import { DeskError, refuseField } from './errors.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';

const BodySchema = z.object({
  form: z.string().min(1).max(40),
  slot: z.enum(AGENT_SLOTS),
  /** The slot's revision that the agent looked at. */
  revision: z.number().int(),
  act: z.enum(['fill', 'empty', 'lock', 'unlock']),
  value: z.string().trim().max(2000, 'textLong').optional(),
});
type Body = z.infer<typeof BodySchema>;

/** @throws DeskError what is wrong with the value, before any turn is made of it */
function checkValue({ act, slot, value = '' }: Body): void {
  if (act !== 'fill') return;
  if (slot === 'serial' && parseSerial(value).kind !== 'serial') throw new DeskError('serialShape');
  const network = slot === 'network' && value !== 'lan' && value !== 'other';
  if (network || (slot === 'answer' && value === '')) throw new DeskError('slotValue');
}

/** Whether the form is as the act would leave it. */
function took({ act, slot, revision }: Body, form: Form | undefined): boolean {
  if (!form) return false;
  if (act === 'lock') return form.locked.includes(slot);
  if (act === 'unlock') return !form.locked.includes(slot);
  return (form.slots[slot]?.revision ?? 0) > revision;
}

/**
 * POST …/slots: fills, empties, locks or unlocks a slot of what is being filled. For the agent who
 * has the conversation; the turn checks again, and says nothing to the installer.
 */
export function slotsRoute(scope: FastifyInstance, options: DeskOptions, now: () => number): void {
  const { store, intake } = options;
  scope.post('/api/desk/conversations/:conversationId/slots', async (request) => {
    const body = parse(BodySchema, request.body, refuseField);
    const row = await conversationOf(request, options);
    const { agentId } = sessionOf(request).agent;
    if (row.owner.agentId !== agentId) throw new DeskError('takeOverFirst');
    checkValue(body);
    const formOf = async () =>
      (await store.remembered(row.conversationId))?.forms.find(({ id }) => id === body.form);
    const before = await formOf();
    if (!before) throw new DeskError('noForm');
    if ((before.slots[body.slot]?.revision ?? 0) !== body.revision) {
      throw new DeskError('slotChanged');
    }
    const { value, ...change } = body;
    const { owner } = await intake
      .accept({
        eventId: `desk:${randomUUID()}`,
        at: now(),
        channel: row.channel,
        chatId: row.chatId,
        type: 'agentFilled',
        agentId,
        ...change,
        ...(value === undefined ? {} : { value }),
      })
      .catch((cause) => {
        throw new DeskError('notKept', {}, { cause });
      });
    if (owner?.agentId !== agentId) throw new DeskError('takenMeanwhile');
    if (!took(body, await formOf())) throw new DeskError('slotChanged');
    await store.audit({
      at: now(),
      actor: agentId,
      action: `slot.${body.act}`,
      subject: row.conversationId,
      detail: body.slot,
    });
    return {};
  });
}
