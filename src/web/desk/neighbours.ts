import { linkTo } from './route.ts';
import { useShortcut } from './shortcuts.ts';

/** Ids of the list that was shown last, in its order: "next" means next in it. */
let order: readonly string[] = [];

export function rememberOrder(ids: readonly string[]): void {
  order = ids;
}

/**
 * Goes to the next or the previous conversation of the list that was shown last, by their keys.
 * @param all the order where no list was shown yet
 */
export function useNeighbours(conversationId: string, all: readonly string[]): void {
  const go = (step: 1 | -1) => {
    const ids = order.length > 0 ? order : all;
    const at = ids.indexOf(conversationId);
    // What has left the list leads back to its beginning.
    const id = at === -1 ? ids[0] : ids[at + step];
    if (id !== undefined) location.hash = linkTo({ view: 'conversation', id });
  };
  useShortcut('next', () => go(1));
  useShortcut('previous', () => go(-1));
}
