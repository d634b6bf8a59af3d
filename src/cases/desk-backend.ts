import type { CaseBackend } from './contract.ts';

/** Cases are decided by the agents at /desk: an opened case is in their queue already. */
export const deskBackend: CaseBackend = {
  name: 'desk',
  submit: async () => ({ as: 'taken' }),
  cancel: async () => {},
};
