/** Named points of crash-at.ts, which says what each is. */
const AROUND_COMMITS = ['beforeCommit', 'afterCommit', 'afterAnswer', 'afterSend'] as const;
/** Those around a case that goes to a server of its own. */
export const AROUND_SUBMITTING = [
  'beforeOpening',
  'afterOpening',
  'beforeAsk',
  'asked',
  'afterAsk',
  'beforeTaken',
  'afterTaken',
] as const;
export type CrashPoint = (typeof AROUND_COMMITS | typeof AROUND_SUBMITTING)[number];
