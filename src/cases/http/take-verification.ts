import type { Store } from '../../store/contract.ts';
import type { Verifier } from '../verify.ts';
import type { VerificationState } from './schemas.ts';

/** Who decided, where the server does not say. */
const SERVER = 'case server';

/** `unknown`: no application of that server has this id, or not any more. */
export type TakeVerification = (state: VerificationState) => Promise<'taken' | 'unknown'>;

/** Makes what the other server decided about a company known to its account. The first decision counts. */
export function createTakeVerification(options: {
  store: Pick<Store, 'verification'>;
  verify: Pick<Verifier, 'hear'>;
}): TakeVerification {
  const { store, verify } = options;
  return async ({ applicationId, status, reason, reopen = [], by = SERVER }) => {
    const row = await store.verification(applicationId);
    if (row?.application.backend !== 'http') return 'unknown';
    if (status === 'approved') await verify.hear(applicationId, { status }, by);
    else if (status === 'refused') {
      await verify.hear(applicationId, { status, reason: reason ?? '', reopen }, by);
    }
    return 'taken';
  };
}
