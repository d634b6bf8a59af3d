import type { Api } from 'grammy';
import { telegramTexts } from './texts.ts';

/** What the commands do, and their names: Telegram's menu shows those of the person's language. */
const COMMANDS = {
  new: { vi: 'moi', en: 'new' },
  status: { vi: 'hoso', en: 'status' },
  timeline: { vi: 'tientrinh', en: 'timeline' },
  share: { vi: 'chiase', en: 'share' },
  back: { vi: 'quaylai', en: 'back' },
  change: { vi: 'sua', en: 'change' },
  cancel: { vi: 'huy', en: 'cancel' },
  restart: { vi: 'lamlai', en: 'restart' },
  help: { vi: 'trogiup', en: 'help' },
  human: { vi: 'nhanvien', en: 'human' },
  verify: { vi: 'xacminh', en: 'verify' },
  link: { vi: 'lienket', en: 'link' },
  unlink: { vi: 'huylienket', en: 'unlink' },
  language: { vi: 'en', en: 'vi' },
} as const;

/**
 * Registers the menu of commands. Vietnamese is what everybody sees whose language is no other.
 * @throws what grammY throws
 */
export async function registerCommands(api: Api): Promise<void> {
  for (const lng of ['vi', 'en'] as const) {
    const commands = Object.entries(COMMANDS).map(([what, names]) => ({
      command: names[lng],
      description: telegramTexts.t(`commands.${what}`, { lng }),
    }));
    const scope = { type: 'all_private_chats' as const };
    if (lng === 'vi') await api.setMyCommands(commands, { scope });
    await api.setMyCommands(commands, { scope, language_code: lng });
  }
}
