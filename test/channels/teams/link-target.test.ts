import { expect, it } from 'vitest';
import { chatUrl } from '../../../src/channels/teams/chat-url.ts';

it('A private chat with the app opens by its id; in local mode there is none to open', () => {
  const id = '11111111-2222-4333-8444-555555555555';
  expect(chatUrl(id)).toBe(`https://teams.microsoft.com/l/chat/0/0?users=28:${id}`);
  expect(chatUrl('')).toBeNull();
});
