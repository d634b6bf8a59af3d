import { join } from 'node:path';

import type { Rendered } from '../../src/words/words.ts';
import { root } from '../conversations/world.ts';
import { BadInputsHouse } from './house.ts';
import { sections } from './inputs/index.ts';
import { Person, type Written } from './person.ts';

/** A bad input that was sent, and what came back. */
export interface Tried {
  section: number;
  what: Record<Written, string>;
  said: Record<Written, readonly Rendered[]>;
  /** The question that was open before, in each language. */
  open: Record<Written, string>;
}

const TEXTS = {
  en: {
    other: '[Tiếng Việt](bad-inputs.vi.md)',
    title: 'Bad inputs',
    lead: `What people send that was not asked for, and what the assistant says to it. Every line was sent to the true
dialogue, photo reader and store, and the answers are what came back: \`npm run bad-inputs\` writes this file, and a test
holds it against what the assistant says now. Buttons stand in brackets. *(asks again)* is the question that was open.`,
    what: 'sent',
    said: 'answer',
    again: '*(asks again)*',
    nothing: '*(nothing; all stays as it was)*',
  },
  vi: {
    other: '[English](bad-inputs.md)',
    title: 'Nội dung gửi sai',
    lead: `Những gì người dùng gửi mà trợ lý không hỏi, và câu trả lời. Mỗi dòng đều đã gửi thật vào phần hội thoại, phần đọc
ảnh và kho dữ liệu; câu trả lời là nguyên văn: \`npm run bad-inputs\` viết lại file này, và có một bài kiểm thử đối chiếu file
với câu trả lời hiện tại. Nút bấm nằm trong ngoặc vuông. *(hỏi lại)* là câu đang hỏi trước đó.`,
    what: 'gửi',
    said: 'trả lời',
    again: '*(hỏi lại)*',
    nothing: '*(không nói gì; mọi thứ giữ nguyên)*',
  },
} as const;

/** Where the document lies. */
export function fileOf(language: Written): string {
  return join(root, 'docs', language === 'en' ? 'bad-inputs.md' : 'bad-inputs.vi.md');
}

/** Sends every bad input in both languages. Takes a minute or two, since photos are really read. */
export async function tryAll(): Promise<Tried[]> {
  const house = await BadInputsHouse.build();
  try {
    const tried: Tried[] = [];
    for (const [section, { inputs, at }] of sections.entries()) {
      for (const input of inputs) {
        const answers = { open: { vi: '', en: '' }, said: { vi: [], en: [] } } as Pick<
          Tried,
          'open' | 'said'
        >;
        for (const language of ['vi', 'en'] as const) {
          const first = await Person.at(house, language, input.at ?? at);
          const person = (await input.by?.(first)) ?? first;
          await input.before?.(person);
          const before = person.screen.length;
          answers.open[language] = person.screen.at(-1)?.text ?? '';
          await input.send(person);
          answers.said[language] = person.screen.slice(before);
        }
        tried.push({ section, what: input.what, ...answers });
      }
    }
    return tried;
  } finally {
    await house.close();
  }
}

function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll('*', '\\*')
    .replaceAll('\n', '<br>');
}

function line({ text, choices }: Rendered): string {
  const buttons = choices.map(({ label }) => `[${cell(label)}]`).join(' ');
  return buttons === '' ? cell(text) : `${cell(text)} ${buttons}`;
}

function answer({ said, open }: Tried, language: Written): string {
  const { again, nothing } = TEXTS[language];
  if (said[language].length === 0) return nothing;
  return said[language]
    .map((one) => (one.text === open[language] ? again : line(one)))
    .join('<br>');
}

/** The document, as it stands in docs/. */
export function writeDocument(tried: readonly Tried[], language: Written): string {
  const { other, title, lead, what, said } = TEXTS[language];
  const parts = sections.map((section, index) => {
    const rows = tried
      .filter((one) => one.section === index)
      .map((one) => `| ${one.what[language]} | ${answer(one, language)} |`);
    return [`## ${section.title[language]}`, '', `| ${what} | ${said} |`, '| --- | --- |', ...rows];
  });
  return [`# ${title}`, '', other, '', lead, ...parts.flatMap((part) => ['', ...part]), ''].join(
    '\n',
  );
}
