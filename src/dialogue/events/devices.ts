import type { LanScan, ScanWay } from '../../domain/lan-scan.ts';
import { readScan } from '../../domain/lan-text.ts';
import type { Form } from '../conversation.ts';
import type { EventOf } from '../event.ts';
import { formAtHand } from '../forms.ts';
import { greet } from '../greeting.ts';
import type { Scene } from '../scene.ts';
import { takeScan } from '../slots/scanned.ts';
import { suggest } from '../suggestions.ts';

/** Serials told to an agent: a whole network would push everything else out. */
const MOST_SUGGESTED = 4;

/** A scanner sent what it sees, by the code that this conversation gave out. */
export function hearDevices(scene: Scene, { scan, formId }: EventOf<'devicesScanned'>): void {
  const asking = scene.form(formId);
  // The person has just acted on this form, whichever was in focus.
  if (asking?.phase === 'open' && !scene.agentOwns) scene.conversation.focus = asking.id;
  hear(scene, scan, 'pairing');
}

/** Takes a scan that the person pasted or sent as a file, whatever is being asked. */
export function hearPastedScan(scene: Scene, text: string): boolean {
  const found = readScan(text);
  if (found.kind === 'none') return false;
  if (found.kind === 'scan') {
    hear(scene, found.scan, 'pasted');
    return true;
  }
  greet(scene);
  scene.heard = { said: { key: 'heard.devicesDamaged' } };
  scene.say('lan.damaged');
  scene.asks = true;
  return true;
}

function hear(scene: Scene, scan: LanScan, way: ScanWay): void {
  greet(scene);
  scene.heard = { said: { key: 'heard.devices', params: { count: scan.devices.length } } };
  scene.conversation.confirm = null;
  if (scene.agentOwns) {
    for (const { serial } of scan.devices.slice(0, MOST_SUGGESTED)) {
      suggest(scene, { what: 'serial', detail: serial.short, typed: true });
    }
    return;
  }
  takeScan(scene, formAtHand(scene, ['serial', 'sadpString']), scan, way);
}

/** The code that somebody asked for. A form that has moved on needs none. */
export function onPairingOffered(scene: Scene, event: EventOf<'pairingOffered'>): void {
  const form: Form | null = scene.form(event.formId);
  if (form?.phase !== 'open' || form.id !== scene.focus?.id) return;
  const { pairId, code, expiresAt, page } = event;
  scene.progress = { name: pairId, from: scene.effects.length };
  if (page) scene.say('lan.code', { code, expiresAt, page });
  else scene.say('lan.codeHere', { code, expiresAt });
}
