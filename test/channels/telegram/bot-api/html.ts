import { badRequest } from './refusal.ts';

const TAGS = new Set(['b', 'strong', 'i', 'em', 'u', 's', 'code', 'pre', 'a', 'blockquote']);
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/**
 * The text of a message in Telegram's HTML.
 * @throws Refusal for a tag that is unknown, not closed or not opened, and for a bare ampersand entity
 */
export function textOfHtml(html: string): string {
  const open: string[] = [];
  let text = '';
  for (const match of html.matchAll(
    /<(?<close>\/?)(?<tag>[^>\s]*)[^>]*>|&(?<entity>\w+);|[^<&]+|[<&]/g,
  )) {
    const { close, tag, entity } = match.groups ?? {};
    if (tag !== undefined) {
      if (!TAGS.has(tag)) throw badRequest(`can't parse entities: Unsupported start tag "${tag}"`);
      if (close === '') open.push(tag);
      else if (open.pop() !== tag) {
        throw badRequest(`can't parse entities: Unexpected end tag "${tag}"`);
      }
    } else if (entity !== undefined) text += ENTITIES[entity] ?? match[0];
    else if (match[0] === '<') throw badRequest("can't parse entities: Unclosed start tag");
    else text += match[0];
  }
  if (open.length > 0) throw badRequest(`can't parse entities: Can't find end tag "${open.pop()}"`);
  return text;
}
