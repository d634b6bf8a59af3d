import type { EventOf } from '../event.ts';
import { openRefresh } from '../forms.ts';
import { endSilence } from '../handoff.ts';
import { endReading } from '../photos.ts';
import { askHowItWas } from '../satisfaction.ts';
import type { Scene } from '../scene.ts';
import { fetchAlbum } from './attached.ts';

/** A timer of this conversation rang. */
export function onTimer(scene: Scene, event: EventOf<'timerFired'>): void {
  const [, what, id] = /^(read|fresh|album|silent|rate):(.+)$/.exec(event.timer) ?? [];
  if (what === 'album') fetchAlbum(scene, id ?? '');
  if (what === 'rate') askHowItWas(scene, id ?? '');
  if (what === 'silent') endSilence(scene);
  if (what === 'fresh') remindOfFreshString(scene, id ?? '');
  const form = what === 'read' ? scene.form(id ?? null) : null;
  if (!form) return;
  endReading(scene, form);
  if (form.id !== scene.conversation.focus) scene.asks = false;
}

/**
 * Shortly before opening: the case's string will be stale when somebody looks at it. A fresh one
 * goes into the same case. Nobody is reminded of a case that is decided, or under an agent.
 */
function remindOfFreshString(scene: Scene, caseId: string): void {
  const summary = scene.context.cases.find((known) => known.caseId === caseId);
  if (summary?.status !== 'submitted' || scene.agentOwns) return;
  if (scene.conversation.forms.some((form) => form.repairs?.caseId === caseId)) return;
  const form = openRefresh(scene, summary);
  scene.push({
    key: 'case.exportAfresh',
    params: { number: summary.number, serial: summary.serial },
    caseId,
    choices: [scene.actionOn(form, 'repair', 'choice.newString', 'begin', { style: 'primary' })],
  });
}
