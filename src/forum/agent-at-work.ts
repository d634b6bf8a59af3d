import { DeskError } from '../desk/errors.ts';
import type { AgentRow } from '../store/contract.ts';
import { TryAgain } from './answer.ts';
import type { Room } from './room.ts';

/** The sentence that says why an act was not done; null when it was. What passes is tried again. */
export async function whyNot(room: Room, act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    if (error.code === 'notKept') throw new TryAgain('the store keeps nothing');
    return error.sentence(room.language);
  }
}

/** @throws DeskError for somebody who may only look */
export function requireActing({ role }: AgentRow): void {
  if (role === 'viewer') throw new DeskError('viewerReads');
}
