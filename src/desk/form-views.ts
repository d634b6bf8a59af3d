import type { Conversation, Form, SlotName } from '../dialogue/conversation.ts';
import { AGENT_SLOTS } from '../dialogue/event.ts';
import { neededSlots, position } from '../dialogue/flow.ts';
import type { DeskOptions } from './options.ts';
import type { FormView, SlotView } from './wire/conversations.ts';

/** What a conversation is filling, slot by slot in its flow's order, the one asked about first. */
export function formViews(held: Conversation, options: DeskOptions): FormView[] {
  const { flows } = options;
  const settings = options.settings();
  const views = held.forms.flatMap((form) => {
    const flow = flows.get(form.flow);
    if (form.phase !== 'open' || !flow) return [];
    const asked = form.id === held.focus ? position(flow, form, { settings }) : null;
    return [
      {
        form: form.id,
        focused: form.id === held.focus,
        repairs: form.repairs?.number ?? null,
        question: form.question,
        slots: neededSlots(flow, form, { settings }).map((name) =>
          slotView(held, form, name, asked),
        ),
      },
    ];
  });
  return views.toSorted((a, b) => Number(b.focused) - Number(a.focused));
}

function slotView(
  held: Conversation,
  form: Form,
  slot: SlotName,
  asked: SlotName | null,
): SlotView {
  const now = form.slots[slot];
  return {
    slot,
    state: now?.state ?? 'empty',
    revision: now?.revision ?? 0,
    value: heldIn(form, slot),
    locked: form.locked.includes(slot),
    asked: slot === asked,
    fill: fillOf(held, form, slot),
  };
}

/** What a slot holds, in a word. Of an SADP string only its format. */
function heldIn({ slots, drafts }: Form, slot: SlotName): string | null {
  switch (slot) {
    case 'network':
      return slots.network?.state === 'filled' ? slots.network.value.network : null;
    case 'serial': {
      if (slots.serial?.state === 'filled') return slots.serial.value.serial.short;
      const candidates = drafts.serial?.candidates.map(({ short }) => `${short}?`) ?? [];
      return candidates.length > 0 ? candidates.slice(0, 4).join(' ') : null;
    }
    case 'proof':
      return slots.proof?.state === 'filled' ? slots.proof.value.verdict : null;
    case 'sadpString':
      return slots.sadpString?.state === 'filled' ? slots.sadpString.value.format : null;
    case 'answer':
      return slots.answer?.state === 'filled' ? slots.answer.value.text : null;
    default:
      return null;
  }
}

function isFillable(slot: SlotName): slot is (typeof AGENT_SLOTS)[number] {
  return (AGENT_SLOTS as readonly string[]).includes(slot);
}

function fillOf(held: Conversation, form: Form, slot: SlotName): SlotView['fill'] {
  if (!isFillable(slot)) return 'none';
  switch (slot) {
    case 'network':
    case 'serial':
      return slot;
    case 'answer':
      return 'text';
    case 'deviceReady':
      return 'press';
    case 'proof':
      return form.photos.some(({ use }) => use === 'evidence') ? 'press' : 'none';
    case 'sadpString':
      return held.suggestions.some(({ string }) => string) ? 'press' : 'none';
  }
}
