import type { CaseRow, ConversationRow, TranscriptLine } from '../../src/store/contract.ts';

// Rows as the store would give them; every serial here is made up.

export const NOW = Date.UTC(2026, 10, 24, 3, 0);
/** Where the serial stands in the photos of these rows. */
export const PLACE = { x: 0.2, y: 0.35, width: 0.3, height: 0.05 };

export function conversationRow(more: Partial<ConversationRow> = {}): ConversationRow {
  return {
    conversationId: 'c1',
    channel: 'web',
    chatId: 'chat-1',
    accountId: 'a1',
    accountName: 'Trần Văn Bình',
    accountVerified: false,
    language: 'vi',
    owner: { who: 'bot', agentId: null, agentName: null, epoch: 0 },
    updatedAt: NOW,
    lastText: 'Tôi cần hủy liên kết',
    ...more,
  };
}

export function caseRow(more: Partial<CaseRow> = {}): CaseRow {
  const serial = more.serial ?? 'D12345678';
  const submittedAt = more.submittedAt ?? NOW - 60_000;
  const answerBy = more.answerBy ?? NOW + 9 * 60_000;
  return {
    caseId: 'c1-f1',
    number: 'HS-0001',
    conversationId: 'c1',
    accountId: 'a1',
    language: 'vi',
    channel: 'web',
    chatId: 'chat-1',
    formId: 'f1',
    serial,
    status: 'submitted',
    reason: null,
    note: null,
    decidedBy: null,
    revision: 1,
    submittedAt,
    updatedAt: submittedAt,
    answerBy,
    draft: {
      caseId: 'c1-f1',
      formId: 'f1',
      flow: 'unbind',
      flowVersion: 1,
      repairs: null,
      network: 'other',
      serial: { short: serial },
      serialSource: 'typed',
      photos: [
        {
          blobId: 'b1',
          reading: {
            outcome: 'read',
            serials: [
              { short: 'D12345078', by: 'ocr', confidence: 0.91, anchored: true, place: PLACE },
            ],
            shareQr: false,
            quality: { width: 1200, height: 900, sharpness: 300, brightness: 120, contrast: 50 },
          },
          verdict: {
            kind: 'another',
            short: 'D12345078',
            confidence: 0.91,
            by: 'ocr',
            place: PLACE,
          },
        },
      ],
      proof: 'unverified',
      proofWhy: 'doubtful',
      sadp: {
        ref: 's1',
        format: 'A',
        source: 'file',
        exportedAt: NOW - 3_600_000,
        fileSerial: serial,
        receivedAt: NOW - 120_000,
      },
      flags: ['proofUnverified'],
      answer: null,
      consentVersion: '1',
      submittedAt,
      promise: { answerBy, internalTarget: answerBy, opensAt: null, why: 'inHours' },
    },
    ...more,
  };
}

export function line(id: number, more: Partial<TranscriptLine> = {}): TranscriptLine {
  const { shown, ...rest } = more;
  return {
    id,
    conversationId: 'c1',
    at: NOW - (1000 - id) * 1000,
    author: 'installer',
    agentName: null,
    language: 'vi',
    shown: { text: `dòng ${id}`, choices: [], pictures: [], ...shown },
    reply: null,
    blobIds: [],
    secretRef: null,
    delivery: 'sent',
    toldIn: null,
    ...rest,
  };
}
