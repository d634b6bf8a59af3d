import type { EventOf } from '../event.ts';
import { endSilence } from '../handoff.ts';
import { endReading } from '../photos.ts';
import { onFresh, onNeedsInfo, onOpening, onUnfinished } from '../reminders.ts';
import { askHowItWas } from '../satisfaction.ts';
import type { Scene } from '../scene.ts';
import { fetchAlbum } from './attached.ts';

/** A timer of this conversation rang. */
export function onTimer(scene: Scene, event: EventOf<'timerFired'>): void {
  const [, what, id = ''] = /^(\w+):(.+)$/.exec(event.timer) ?? [];
  switch (what) {
    case 'read':
      endWaiting(scene, id);
      return;
    case 'album':
      fetchAlbum(scene, id);
      return;
    case 'fresh':
      onFresh(scene, id);
      return;
    case 'opening':
      onOpening(scene, id);
      return;
    case 'unfinished':
      onUnfinished(scene, id);
      return;
    case 'silent':
      endSilence(scene);
      return;
    case 'rate':
      askHowItWas(scene, id);
      return;
    case 'askedOnce':
    case 'askedTwice':
      onNeedsInfo(scene, what, id);
  }
}

/** The time for reading is up. */
function endWaiting(scene: Scene, formId: string): void {
  const form = scene.form(formId);
  if (!form) return;
  endReading(scene, form);
  if (form.id !== scene.conversation.focus) scene.asks = false;
}
