import {
  type FormView,
  OneConversationSchema,
  type SlotView,
} from '../../desk/wire/conversations.ts';
import type { Me } from '../../desk/wire/people.ts';
import { act } from './api.ts';
import { Alert } from './parts.tsx';
import { type ChangeSlot, SlotEditor } from './slot-editor.tsx';
import { type T, type TextKey, useTexts } from './texts.ts';
import { useAct } from './use-act.ts';
import { useData } from './use-data.ts';

/** What the conversation is filling, slot by slot; the agent who has it may fill, correct and lock. */
export function Slots({ conversationId, me }: { conversationId: string; me: Me }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const path = `/conversations/${encodeURIComponent(conversationId)}`;
  const { data, reload } = useData(
    path,
    OneConversationSchema,
    (changed) => changed === conversationId,
  );
  if (!data) return null;
  const mine = data.conversation.owner.agentId === me.agent.agentId;
  const change =
    (form: FormView): ChangeSlot =>
    ({ slot, revision }, what, value) =>
      void run(async () => {
        const body = { form: form.form, slot, revision, act: what };
        await act(`${path}/slots`, value === undefined ? body : { ...body, value });
        reload();
      });
  return (
    <section class="card slots" aria-labelledby="slots">
      <h2 id="slots">{t('inbox.slots.title')}</h2>
      {data.forms.length === 0 && <p class="soft small">{t('inbox.slots.none')}</p>}
      {data.forms.length > 0 && !mine && me.agent.role !== 'viewer' && (
        <p class="soft small">{t('inbox.slots.lead')}</p>
      )}
      <Alert text={trouble} />
      {data.forms.map((form) => (
        <Form key={form.form} form={form} change={mine ? change(form) : null} busy={busy} />
      ))}
    </section>
  );
}

function Form(props: {
  form: FormView;
  /** Null where nothing may be changed. */
  change: ChangeSlot | null;
  busy: boolean;
}) {
  const { t } = useTexts();
  const { form } = props;
  return (
    <div class="slot-form">
      {form.repairs !== null && <h3>{t('inbox.slots.repairs', { number: form.repairs })}</h3>}
      {form.question !== null && (
        <p class="small">{t('inbox.slots.question', { question: form.question })}</p>
      )}
      <dl>
        {form.slots.map((slot) => (
          <div key={slot.slot} class={`slot ${slot.asked ? 'slot-asked' : ''}`}>
            <dt>
              {slotName(t, slot.slot)}
              {slot.asked && <span class="chip chip-accent">{t('inbox.slots.asked')}</span>}
              {slot.locked && <span class="chip chip-quiet">{t('inbox.slots.locked')}</span>}
            </dt>
            <dd>
              <span class={slot.state === 'filled' ? '' : 'soft'}>{valueText(t, slot)}</span>
              {props.change && slot.fill !== 'none' && (
                <SlotEditor
                  // A change from elsewhere begins the editing anew.
                  key={slot.revision}
                  slot={slot}
                  name={slotName(t, slot.slot)}
                  change={props.change}
                  busy={props.busy}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const NAMES = [
  'network',
  'serial',
  'deviceReady',
  'proof',
  'sadpString',
  'answer',
  'consent',
  'verified',
  'review',
] as const;

function slotName(t: T, slot: string): string {
  const known = NAMES.find((name) => name === slot);
  return known ? t(`inbox.slots.name.${known}`) : slot;
}

const WORDS: Record<string, TextKey> = {
  lan: 'inbox.slots.value.lan',
  other: 'inbox.slots.value.other',
  shown: 'inbox.slots.value.shown',
  unverified: 'inbox.slots.value.unverified',
  A: 'inbox.slots.value.A',
  B: 'inbox.slots.value.B',
  unknown: 'inbox.slots.value.unknown',
};

function valueText(t: T, slot: SlotView): string {
  if (slot.state === 'pending') return t('inbox.slots.pending');
  if (slot.value === null) {
    return t(slot.state === 'filled' ? 'inbox.slots.value.done' : 'inbox.slots.empty');
  }
  const word = slot.slot === 'serial' || slot.slot === 'answer' ? undefined : WORDS[slot.value];
  return word ? t(word) : slot.value;
}
