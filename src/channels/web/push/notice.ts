import { createHash } from 'node:crypto';
import type { Language } from '../../../dialogue/event.ts';
import type { CaseRow, DueEffect } from '../../../store/contract.ts';
import { chatTexts } from '../texts.ts';

/** What a notification says. Lock screens show it: no word of a person stands in it, no secret. */
export interface Notice {
  title: string;
  body: string;
  language: Language;
  /** A newer notification under the same tag takes the place of the older one. */
  tag: string;
}

/** The notification for a line: where a case stands, who wrote, or that there is news. */
export function noticeOf(due: DueEffect, row: CaseRow | null, language: Language): Notice {
  const say = (key: string, params: Record<string, string> = {}) =>
    chatTexts.t(`notice.${key}`, { ...params, lng: language });
  const agent = due.effect.kind === 'send' ? due.effect.agent : undefined;
  if (agent !== undefined) {
    return {
      title: say('title'),
      body: say('agent', { name: agent.name }),
      language,
      tag: 'agent',
    };
  }
  if (row === null) return { title: say('title'), body: say('news'), language, tag: 'news' };
  const { number, serial, status } = row;
  return {
    title: say('case', { number }),
    body: say(`status.${status}`, { serial }),
    language,
    tag: `case-${number}`,
  };
}

/** The tag as a push service takes it (RFC 8030: 32 base64url characters), saying nothing itself. */
export function topicOf(due: DueEffect, { tag }: Notice): string {
  const about = `${due.conversationId}:${tag}`;
  return createHash('sha256').update(about).digest('base64url').slice(0, 32);
}
