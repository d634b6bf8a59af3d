import { describe, expect, it } from 'vitest';
import enDesk from '../../locales/en/desk.json' with { type: 'json' };
import enFiles from '../../locales/en/files.json' with { type: 'json' };
import enForum from '../../locales/en/forum.json' with { type: 'json' };
import enInbox from '../../locales/en/inbox.json' with { type: 'json' };
import enOffice from '../../locales/en/office.json' with { type: 'json' };
import enServer from '../../locales/en/server.json' with { type: 'json' };
import enShortcuts from '../../locales/en/shortcuts.json' with { type: 'json' };
import enTokens from '../../locales/en/tokens.json' with { type: 'json' };
import enVerifications from '../../locales/en/verifications.json' with { type: 'json' };
import viDesk from '../../locales/vi/desk.json' with { type: 'json' };
import viFiles from '../../locales/vi/files.json' with { type: 'json' };
import viForum from '../../locales/vi/forum.json' with { type: 'json' };
import viInbox from '../../locales/vi/inbox.json' with { type: 'json' };
import viOffice from '../../locales/vi/office.json' with { type: 'json' };
import viServer from '../../locales/vi/server.json' with { type: 'json' };
import viShortcuts from '../../locales/vi/shortcuts.json' with { type: 'json' };
import viTokens from '../../locales/vi/tokens.json' with { type: 'json' };
import viVerifications from '../../locales/vi/verifications.json' with { type: 'json' };

type Texts = { [key: string]: string | Texts };

/** Every key with its placeholders: "errors.tooFast {{seconds}}". */
function shapeOf(texts: Texts, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) => {
    if (typeof value !== 'string') return shapeOf(value, `${path}${key}.`);
    const placeholders = (value.match(/\{\{\w+\}\}/g) ?? []).toSorted();
    return [[`${path}${key}`, ...placeholders].join(' ')];
  });
}

describe('the texts of desk and server', () => {
  it.each([
    ['desk', viDesk, enDesk],
    ['inbox', viInbox, enInbox],
    ['forum', viForum, enForum],
    ['server', viServer, enServer],
    ['office', viOffice, enOffice],
    ['tokens', viTokens, enTokens],
    ['shortcuts', viShortcuts, enShortcuts],
    ['files', viFiles, enFiles],
    ['verifications', viVerifications, enVerifications],
  ])('%s has the same keys and placeholders in both languages', (_name, vi, en) => {
    expect(shapeOf(en)).toEqual(shapeOf(vi));
  });

  it('tells the installer’s result in the words agents know', () => {
    expect(viDesk.decide.result).toBe('Thiết bị đã được hủy liên kết');
  });
});
