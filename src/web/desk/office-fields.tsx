import { useId } from 'preact/hooks';
import { WEEKDAYS } from '../../desk/wire/office.ts';
import { parseHours } from './hours-text.ts';
import type { PartProps } from './office-draft.ts';
import { Field } from './parts.tsx';
import { useTexts } from './texts.ts';

/** Hours as text, with what is wrong about them beside. */
export function HoursInput(props: {
  label: string;
  value: string;
  hintId?: string;
  change: (value: string) => void;
}) {
  const { t } = useTexts();
  const id = useId();
  const wrong = parseHours(props.value) === null;
  const describedBy = [wrong ? `${id}-wrong` : '', props.hintId ?? ''].join(' ').trim();
  return (
    <div class="hours-input">
      <input
        aria-label={props.label}
        placeholder={t('office.hours.closed')}
        value={props.value}
        inputMode="text"
        {...(wrong ? { 'aria-invalid': true } : {})}
        {...(describedBy === '' ? {} : { 'aria-describedby': describedBy })}
        onInput={(event) => props.change(event.currentTarget.value)}
      />
      {wrong && (
        <p class="bad small" id={`${id}-wrong`}>
          {t('office.hours.wrong')}
        </p>
      )}
    </div>
  );
}

/** The hours of each weekday. */
export function WeekPart({ draft, change }: PartProps) {
  const { t } = useTexts();
  const hintId = useId();
  return (
    <section class="card">
      <h2>{t('office.sections.hours')}</h2>
      <p class="hint" id={hintId}>
        {t('office.hours.hint')}
      </p>
      <div class="week">
        {WEEKDAYS.map((day) => (
          <div class="week-day" key={day}>
            <span aria-hidden="true">{t(`office.hours.${day}`)}</span>
            <HoursInput
              label={t(`office.hours.${day}`)}
              hintId={hintId}
              value={draft.hours[day]}
              change={(value) => change({ hours: { ...draft.hours, [day]: value } })}
            />
          </div>
        ))}
      </div>
    </section>
  );
}

function NumberField(props: {
  label: string;
  value: number;
  most: number;
  change: (value: number) => void;
}) {
  return (
    <Field label={props.label}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          min={1}
          max={props.most}
          required
          value={Number.isNaN(props.value) ? '' : props.value}
          onInput={(event) => props.change(event.currentTarget.valueAsNumber)}
        />
      )}
    </Field>
  );
}

function TimeField(props: {
  label: string;
  hint?: string;
  value: string;
  change: (value: string) => void;
}) {
  return (
    <Field label={props.label} {...(props.hint ? { hint: props.hint } : {})}>
      {(ids) => (
        <input
          {...ids}
          type="time"
          required
          value={props.value}
          onInput={(event) => props.change(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function Tick(props: { label: string; checked: boolean; change: (checked: boolean) => void }) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.change(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

/** Promises, reminders, and how long data is kept. */
export function PromisesPart({ draft, change }: PartProps) {
  const { t } = useTexts();
  const { quietHours, retentionDays } = draft;
  return (
    <section class="card">
      <h2>{t('office.sections.promises')}</h2>
      <div class="office-grid">
        <NumberField
          label={t('office.sections.slaMinutes')}
          most={1440}
          value={draft.slaMinutes}
          change={(slaMinutes) => change({ slaMinutes })}
        />
        <NumberField
          label={t('office.sections.nudgeMinutes')}
          most={1440}
          value={draft.nudgeMinutes}
          change={(nudgeMinutes) => change({ nudgeMinutes })}
        />
        <NumberField
          label={t('office.sections.agentSilentMinutes')}
          most={1440}
          value={draft.agentSilentMinutes}
          change={(agentSilentMinutes) => change({ agentSilentMinutes })}
        />
        <NumberField
          label={t('office.sections.sadpStaleHours')}
          most={720}
          value={draft.sadpStaleHours}
          change={(sadpStaleHours) => change({ sadpStaleHours })}
        />
        <TimeField
          label={t('office.fields.quietFrom')}
          hint={t('office.fields.quietHint')}
          value={quietHours.from}
          change={(from) => change({ quietHours: { ...quietHours, from } })}
        />
        <TimeField
          label={t('office.fields.quietTo')}
          value={quietHours.to}
          change={(to) => change({ quietHours: { ...quietHours, to } })}
        />
        <NumberField
          label={t('office.fields.photos')}
          most={3650}
          value={retentionDays.photos}
          change={(photos) => change({ retentionDays: { ...retentionDays, photos } })}
        />
        <NumberField
          label={t('office.fields.sadpStrings')}
          most={3650}
          value={retentionDays.sadpStrings}
          change={(sadpStrings) => change({ retentionDays: { ...retentionDays, sadpStrings } })}
        />
      </div>
      <Tick
        label={t('office.fields.unsighted')}
        checked={draft.sadpStringForUnsighted}
        change={(sadpStringForUnsighted) => change({ sadpStringForUnsighted })}
      />
      <Tick
        label={t('office.fields.verification')}
        checked={draft.requireVerification}
        change={(requireVerification) => change({ requireVerification })}
      />
    </section>
  );
}
