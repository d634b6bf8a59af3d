import type { ApplicationBackend, CaseBackend } from './contract.ts';

/** Cases are decided by the agents at /desk: an opened case is in their queue already. */
export const deskBackend: CaseBackend = {
  name: 'desk',
  submit: async () => ({ as: 'taken' }),
  cancel: async () => {},
};

/** Companies are verified by the agents at /desk, where an application is shown once it is kept. */
export const deskApplications: ApplicationBackend = {
  name: 'desk',
  apply: async () => ({ as: 'taken' }),
};
