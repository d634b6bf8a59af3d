import { describe, expect, it, vi } from 'vitest';
import type { CaseStatus } from '../../../src/domain/case.ts';
import type { CaseRow, TranscriptLine } from '../../../src/store/contract.ts';
import { actionsOf, type Shown } from './bot-connector/chat.ts';
import { LoneChannel, shown, startServer } from './lone-channel.ts';
import { Person } from './person.ts';

const LAN = 'f1.network.0.lan';
const OTHER = 'f1.network.0.other';
const ASKED = shown('Anh/chị có đang cùng mạng LAN không ạ?', {
  choices: [
    { token: LAN, label: 'Cùng mạng LAN' },
    { token: OTHER, label: 'Mạng khác' },
    { token: '-.human.0.-', label: 'Gặp nhân viên' },
  ],
});

async function build() {
  const server = await startServer();
  const lone = new LoneChannel(server);
  await lone.listen();
  const minh = new Person(server);
  lone.knows(minh);
  return { server, lone, minh };
}

function lineOf(minh: Person, id: number, line: Partial<TranscriptLine> = {}): TranscriptLine {
  return {
    id,
    conversationId: `of ${minh.chat.id}`,
    at: 0,
    author: 'bot',
    agentName: null,
    language: 'vi',
    shown: ASKED,
    reply: null,
    blobIds: [],
    secretRef: null,
    delivery: 'sent',
    toldIn: null,
    ...line,
  };
}

const buttons = (one: Shown | undefined) =>
  one
    ? actionsOf(one).map((action) => [
        action.title,
        'isEnabled' in action ? action.isEnabled !== false : true,
      ])
    : [];

describe('a card whose button was pressed', () => {
  it.each(['Execute', 'Submit'] as const)(
    'is spent, as the transcript knows it, after %s; what always means the same stays',
    async (presser) => {
      const { lone, minh } = await build();
      minh.presser = presser;
      lone.lines.push(lineOf(minh, 6), lineOf(minh, 7));
      await lone.channel.deliver(lone.due(minh), ASKED);
      await minh.presses('Mạng khác');
      await vi.waitFor(
        () => {
          expect(minh.heard[0]?.edits).toBe(1);
          expect(buttons(minh.heard[0])).toEqual([
            ['Cùng mạng LAN', false],
            ['✓ Mạng khác', false],
            ['Gặp nhân viên', true],
          ]);
        },
        { timeout: 5_000 },
      );
      expect(lone.events).toMatchObject([{ type: 'choice', token: OTHER }]);
      expect(minh.heard).toHaveLength(1);
    },
  );

  it('is answered with words when its line is of another chat, or says something else', async () => {
    const { lone, minh } = await build();
    lone.lines.push(
      lineOf(minh, 7, { conversationId: 'of somebody else' }),
      lineOf(minh, 8, { shown: shown('khác') }),
    );
    for (const line of [7, 8, 9, null]) {
      const answer = await minh.does({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { data: { token: LAN, line } } },
      });
      expect(answer).toMatchObject({ type: 'application/vnd.microsoft.activity.message' });
    }
  });

  it('is spent alone where a long reply came in several messages', async () => {
    const { lone, minh } = await build();
    minh.presser = 'Submit';
    const long = { ...ASKED, text: `${'a'.repeat(7_000)}\n\n${'b'.repeat(7_000)}` };
    lone.lines.push(lineOf(minh, 7, { shown: long }));
    await lone.channel.deliver(lone.due(minh), long);
    await minh.presses('Mạng khác');
    await vi.waitFor(() => expect(minh.heard[1]?.edits).toBe(1), { timeout: 5_000 });
    expect(minh.heard.map(({ text }) => text)).toEqual(['a'.repeat(7_000), 'b'.repeat(7_000)]);
  });

  it('names the agent who wrote it', async () => {
    const { lone, minh } = await build();
    lone.lines.push(lineOf(minh, 7, { author: 'agent', agentName: 'Lan' }));
    await lone.channel.deliver(lone.due(minh, { name: 'Lan', text: 'x' }), ASKED);
    await minh.presses('Mạng khác');
    expect(minh.heard[0]?.text).toMatch(/^Lan\n/);
  });
});

describe('the card of a case', () => {
  function caseOf(minh: Person, status: CaseStatus): CaseRow {
    return {
      caseId: 'c1',
      number: 'UB-000007',
      conversationId: `of ${minh.chat.id}`,
      accountId: 'account',
      language: 'vi',
      channel: 'teams',
      chatId: minh.chat.id,
      formId: 'f1',
      serial: 'D12345678',
      status,
      reason: null,
      note: null,
      decidedBy: null,
      revision: 1,
      submittedAt: 0,
      updatedAt: 0,
      answerBy: Date.UTC(2026, 10, 25, 3),
      draft: {} as CaseRow['draft'],
    };
  }
  const told = (text: string) => shown(text, { caseId: 'c1' });
  const sent = { status: 'submitted' as const, at: Date.UTC(2026, 10, 25, 2, 50) };

  it('comes once, and changes where it stands with every step', async () => {
    const { lone, minh } = await build();
    lone.cases.set('c1', { row: caseOf(minh, 'submitted'), steps: [sent] });
    await lone.channel.deliver(lone.due(minh), told('Đã gửi hồ sơ'));
    const steps = [sent, { status: 'unbound' as const, at: Date.UTC(2026, 10, 25, 2, 58) }];
    lone.cases.set('c1', { row: caseOf(minh, 'unbound'), steps });
    await minh.writes('cảm ơn');
    await lone.channel.deliver(lone.due(minh), told('Đã gỡ xong'));
    expect(minh.heard.map(({ text, edits }) => [text, edits])).toEqual([
      ['Đã gửi hồ sơ', 0],
      [
        [
          'Hồ sơ UB-000007 · Đã gỡ liên kết',
          'Số seri: D12345678',
          'Diễn biến',
          '09:50 thứ Tư ngày 25/11 · Đã gửi',
          '09:58 thứ Tư ngày 25/11 · Đã gỡ liên kết',
        ].join('\n'),
        1,
      ],
      ['Đã gỡ xong', 0],
    ]);
  });

  it('is sent anew where the old one was deleted, and in the language of the chat', async () => {
    const { lone, minh } = await build();
    lone.language = 'en';
    lone.cases.set('c1', { row: caseOf(minh, 'submitted'), steps: [sent] });
    await lone.channel.deliver(lone.due(minh), told('Sent'));
    minh.chat.messages.length = 0;
    await lone.channel.deliver(lone.due(minh), told('Still waiting'));
    expect(minh.heard.map(({ text }) => text)).toEqual([
      'Still waiting',
      expect.stringMatching(/^Case UB-000007 · Sent\n.*\nAnswer by: 10:00 on Wednesday 25\/11/),
    ]);
  });

  it('shows nothing of a case of another chat', async () => {
    const { server, lone, minh } = await build();
    lone.cases.set('c1', { row: caseOf(new Person(server), 'submitted'), steps: [sent] });
    await lone.channel.deliver(lone.due(minh), told('Đang được xử lý'));
    expect(minh.heard.map(({ text }) => text)).toEqual(['Đang được xử lý']);
  });

  it('does not hold the news back when Teams refuses it', async () => {
    const { lone, minh } = await build();
    // An empty run is nothing that Teams shows.
    const row = { ...caseOf(minh, 'submitted'), serial: '' };
    lone.cases.set('c1', { row, steps: [sent] });
    expect(await lone.channel.deliver(lone.due(minh), told('Đã gửi hồ sơ'))).toEqual({
      as: 'sent',
    });
    expect(minh.heard.map(({ text }) => text)).toEqual(['Đã gửi hồ sơ']);
    expect(lone.complaints).toHaveLength(1);
  });
});

describe('progress', () => {
  const progress = 'f1r1';

  it('is one message that changes, also for another process', async () => {
    const { server, lone, minh } = await build();
    await lone.channel.deliver(lone.due(minh), shown('Em đang xem…', { progress }));
    await lone.channel.deliver(lone.due(minh), shown('Gần xong', { progress }));
    const later = new LoneChannel(server);
    later.knows(minh);
    for (const [key, id] of lone.shownMessages) later.shownMessages.set(key, id);
    await later.channel.deliver(later.due(minh), shown('Đã thấy', { progress }));
    expect(minh.heard.map(({ text, edits }) => [text, edits])).toEqual([['Đã thấy', 2]]);
  });

  it('is a new message when something stands under the old one, or the old one is gone', async () => {
    const { lone, minh } = await build();
    await lone.channel.deliver(lone.due(minh), shown('Em đang xem…', { progress }));
    await minh.writes('nhanh lên nhé');
    await lone.channel.deliver(lone.due(minh), shown('Đã thấy', { progress }));
    minh.chat.messages.pop();
    await lone.channel.deliver(lone.due(minh), shown('Đã thấy lại', { progress }));
    expect(minh.heard.map(({ text }) => text)).toEqual(['Em đang xem…', 'Đã thấy lại']);
  });
});
