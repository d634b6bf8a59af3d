import type { Conversation, Form, Photo, SlotValue } from './conversation.ts';
import type { Scene } from './scene.ts';
import { dropSecret } from './secrets.ts';
import { serialsIn, verdictOn } from './sightings.ts';

type Suggestion = Conversation['suggestions'][number];

const MOST = 20;
/** Serials of one set of photos: a list of devices would push everything else out. */
const MOST_SERIALS = 4;

/** Under an agent nothing fills a slot: the agent is told what would have filled it. */
export function suggest(scene: Scene, suggestion: Omit<Suggestion, 'at'>): void {
  const all = [...scene.conversation.suggestions, { at: scene.event.at, ...suggestion }];
  for (const { string } of all.slice(0, -MOST)) if (string) dropSecret(scene, string.ref);
  scene.conversation.suggestions = all.slice(-MOST);
}

/** An SADP string that came while an agent was in the chat. */
export function suggestString(scene: Scene, string: SlotValue<'sadpString'>): void {
  suggest(scene, { what: 'sadpString', detail: string.ref, string });
}

/** What photos that came while an agent was in the chat show. */
export function suggestPhotos(
  scene: Scene,
  form: Form,
  fresh: readonly Photo[],
  hadString: boolean,
): void {
  const claim = scene.value(form, 'serial')?.serial.short;
  if (claim && verdictOn(fresh, claim).kind === 'shown') {
    suggest(scene, { what: 'proof', detail: claim });
    return;
  }
  const serials = serialsIn(fresh, true).slice(0, MOST_SERIALS);
  for (const { short } of serials) suggest(scene, { what: 'serial', detail: short });
  if (serials.length === 0 && !hadString && fresh.length > 0) {
    suggest(scene, { what: 'unreadable', detail: String(fresh.length) });
  }
}
