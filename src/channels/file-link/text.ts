import type { AgentWords } from '../../dialogue/effect.ts';
import type { AgentFile, Language } from '../../dialogue/event.ts';
import { fileTexts } from './texts.ts';

/** What an agent says with a file, as a text of its own. @param link null where the file comes itself */
export function agentFileText(
  { name, text }: Pick<AgentWords, 'name' | 'text'>,
  file: AgentFile,
  link: string | null,
  lng: Language,
): string {
  const told = link === null ? 'sent' : 'link';
  const about = fileTexts.t(told, { lng, name: file.name, link });
  return [`${name}:`, text, about].filter(Boolean).join('\n').normalize('NFC');
}
