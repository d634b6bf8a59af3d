import { SCOPES } from '../../desk/wire/tokens.ts';
import type { T } from './texts.ts';

/** What a scope lets a program do; the scope itself where this page does not know it. */
export function scopeText(t: T, scope: string): string {
  const known = SCOPES.find((one) => one === scope);
  return known ? t(`tokens.scopes.${keyOf(known)}`) : scope;
}

/** A key of the texts, in which a colon would be a sign of its own. */
function keyOf(scope: (typeof SCOPES)[number]) {
  switch (scope) {
    case 'cases:read':
      return 'casesRead';
    case 'cases:export':
      return 'casesExport';
    case 'deadLetters:read':
      return 'deadLettersRead';
    case 'deadLetters:send':
      return 'deadLettersSend';
  }
}
