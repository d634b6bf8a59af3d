import { z } from 'zod';

/** A setting; longer ones are slips. */
export const text = z.string().max(4096, 'is far too long; look for a line pasted twice');

/** A web address without credentials, query or fragment; the trailing slash goes. */
export function address(example: string, path: 'noPath' | 'anyPath') {
  const wrong = `must be a web address such as ${example}`;
  return text.transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (!url || !/^https?:$/.test(url.protocol)) context.addIssue(wrong);
    else if (url.username || url.password) context.addIssue(`${wrong}, without a user or password`);
    else if (url.search || url.hash) context.addIssue(`${wrong}, without "?" or "#"`);
    else if (path === 'noPath' && url.pathname !== '/')
      context.addIssue(`${wrong}, without a path`);
    else return url.href.replace(/\/+$/, '');
    return z.NEVER;
  });
}

/** A setting of a known shape. */
export function token(shape: RegExp, mend: string) {
  return text.regex(shape, mend);
}

/** A switch. */
export const yesOrNo = z
  .enum(['1', 'true', 'yes', 'on', '0', 'false', 'no', 'off'], 'must be 1 (on) or 0 (off)')
  .transform((value) => ['1', 'true', 'yes', 'on'].includes(value));
