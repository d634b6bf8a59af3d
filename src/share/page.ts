import type { Language } from '../dialogue/event.ts';
import type { CaseStatus } from '../domain/case.ts';
import type { CaseStep } from '../store/contract.ts';
import { formatMoment } from '../words/moment.ts';
import { shareTexts } from './texts.ts';

/** What the page shows of a case: nothing by which a device could be taken over. */
export interface SharedCase {
  number: string;
  /** The last four places; who has the device before them knows the others. */
  serialEnd: string;
  status: CaseStatus;
  answerBy: number;
  /** Oldest first. */
  steps: readonly CaseStep[];
  expiresAt: number;
}

const OPEN: readonly CaseStatus[] = ['submitted', 'inReview', 'needsInfo'];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

function frame(language: Language, title: string, body: string): string {
  const other = language === 'vi' ? 'en' : 'vi';
  const switched = escaped(shareTexts.t('other', { lng: language }));
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${title}</title>
    <link rel="stylesheet" href="/s/style.css">
  </head>
  <body>
    <main>
      <header>
        <h1>${title}</h1>
        <a href="?lang=${other}" lang="${other}">${switched}</a>
      </header>${body}
    </main>
  </body>
</html>
`;
}

/** The page of a case. It works without scripts. */
export function renderShared(language: Language, shown: SharedCase): string {
  const say = (key: string, params: Record<string, string> = {}) =>
    escaped(shareTexts.t(key, { lng: language, ...params }));
  const moment = (at: number) => formatMoment(at, language);
  const steps = shown.steps.map(
    ({ status, at }) => `
          <li class="step step-${status}"><strong>${say(`status.${status}`)}</strong>
            <time datetime="${new Date(at).toISOString()}">${escaped(moment(at))}</time></li>`,
  );
  const answer = OPEN.includes(shown.status)
    ? `
        <div><dt>${say('answerBy')}</dt><dd>${escaped(moment(shown.answerBy))}</dd></div>`
    : '';
  const body = `
      <p class="state state-${shown.status}">${say(`explained.${shown.status}`)}</p>
      <dl>
        <div><dt>${say('number')}</dt><dd>${escaped(shown.number)}</dd></div>
        <div><dt>${say('device')}</dt><dd>${say('deviceEnd', { end: shown.serialEnd })}</dd></div>${answer}
      </dl>
      <section>
        <h2>${say('timeline')}</h2>
        <ol>${steps.join('')}
        </ol>
      </section>
      <p class="soft">${say('expires', { at: moment(shown.expiresAt) })} ${say('shows')}</p>`;
  return frame(language, say('title'), body);
}

/** The page of a link that has ended, or never was. */
export function renderGone(language: Language): string {
  const say = (key: string) => escaped(shareTexts.t(key, { lng: language }));
  return frame(
    language,
    say('title'),
    `
      <p>${say('gone')}</p>`,
  );
}
