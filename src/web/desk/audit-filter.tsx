import type { ComponentChildren } from 'preact';
import type { AuditLineView } from '../../desk/wire/audit.ts';
import { actionText, actorText, useTexts } from './texts.ts';

/** An agent's id and an action; empty for all. */
export interface AuditChoice {
  who: string;
  what: string;
}
export const EVERYTHING: AuditChoice = { who: '', what: '' };

interface AuditFilterProps {
  lines: AuditLineView[];
  choice: AuditChoice;
  change: (choice: AuditChoice) => void;
  /** How much is left. */
  children: ComponentChildren;
}

/** Narrows the trail to a person and an action that are in it. */
export function AuditFilter({ lines, choice, change, children }: AuditFilterProps) {
  const { t } = useTexts();
  const people = new Map(lines.map(({ actor }) => [actor.id, actorText(t, actor)]));
  const actions = new Map(lines.map(({ action }) => [action, actionText(t, action)]));
  return (
    <div class="filter">
      <Choice
        label={t('audit.who')}
        all={t('audit.everybody')}
        options={people}
        value={choice.who}
        change={(who) => change({ ...choice, who })}
      />
      <Choice
        label={t('audit.what')}
        all={t('audit.everything')}
        options={actions}
        value={choice.what}
        change={(what) => change({ ...choice, what })}
      />
      <span class="soft" role="status">
        {children}
      </span>
    </div>
  );
}

function Choice(props: {
  label: string;
  all: string;
  options: Map<string, string>;
  value: string;
  change: (value: string) => void;
}) {
  return (
    <label class="choice">
      {props.label}
      <select value={props.value} onChange={(event) => props.change(event.currentTarget.value)}>
        <option value="">{props.all}</option>
        {[...props.options].map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
