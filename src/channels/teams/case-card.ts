import type { Language } from '../../dialogue/event.ts';
import { isOpenCase } from '../../domain/case.ts';
import type { CaseRow, CaseStep } from '../../store/contract.ts';
import { formatMoment } from '../../words/moment.ts';
import { type Card, card, line } from './card.ts';
import { teamsTexts } from './texts.ts';

type Known = Pick<CaseRow, 'number' | 'serial' | 'status' | 'answerBy'>;

/** Where a case stands: number, serial, state, promise, and what became of it so far. */
export function caseCardOf(known: Known, steps: readonly CaseStep[], language: Language): Card {
  const say = (key: string, params: Record<string, string> = {}) =>
    teamsTexts.t(key, { lng: language, ...params });
  const fact = (label: string, value: string) =>
    line([{ text: `${say(label)}: `, weight: 'Bolder' }, { text: value }]);
  const state = say(`case.status.${known.status}`);
  const title = { text: say('case.label', { number: known.number }), weight: 'Bolder' };
  return card([
    {
      type: 'Container',
      style: styleOf(known.status),
      items: [line([title, { text: ` · ${state}` }])],
    },
    fact('case.serial', known.serial),
    ...(isOpenCase(known.status)
      ? [fact('case.promise', formatMoment(known.answerBy, language))]
      : []),
    line([{ text: say('case.steps'), weight: 'Bolder' }], 'Medium'),
    ...steps.map(({ status, at }) =>
      line([{ text: `${formatMoment(at, language)} · ${say(`case.status.${status}`)}` }]),
    ),
  ]);
}

function styleOf(status: Known['status']): string {
  if (status === 'unbound') return 'good';
  if (status === 'needsInfo' || status === 'rejected') return 'attention';
  return 'emphasis';
}
