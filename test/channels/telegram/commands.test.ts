import type { Api } from 'grammy';
import { describe, expect, it } from 'vitest';
import { registerCommands } from '../../../src/channels/telegram/commands.ts';
import { matchCommand } from '../../../src/dialogue/patterns/index.ts';

type Command = { command: string; description: string };

async function menu(language: 'vi' | 'en'): Promise<Command[]> {
  const menus = new Map<string | undefined, Command[]>();
  const setMyCommands = async (
    commands: Command[],
    { language_code }: { language_code?: string },
  ) => menus.set(language_code, commands);
  await registerCommands({ setMyCommands } as unknown as Api);
  return menus.get(language) ?? [];
}

describe('the menu of commands', () => {
  it.each(['vi', 'en'] as const)('has only what the bot understands, in %s', async (language) => {
    const commands = await menu(language);
    for (const { command, description } of commands) {
      expect(matchCommand(`/${command}`), command).not.toBeNull();
      expect(description, command).not.toContain('commands.');
    }
  });

  it('leads to verification, to a case’s timeline and to its link', async () => {
    const patterns = async (language: 'vi' | 'en') =>
      (await menu(language)).map(({ command }) => matchCommand(`/${command}`)?.pattern.name);
    for (const language of ['vi', 'en'] as const) {
      expect(await patterns(language)).toEqual(
        expect.arrayContaining(['verify', 'share', 'timeline', 'status']),
      );
    }
  });
});
