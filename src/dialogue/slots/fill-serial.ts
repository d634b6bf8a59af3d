import { isOpenCase } from '../../domain/case.ts';
import type { ScanNote } from '../../domain/lan-scan.ts';
import type { Serial } from '../../domain/serial.ts';
import type { Form } from '../conversation.ts';
import type { Scene } from '../scene.ts';

export type SerialSource = NonNullable<Form['drafts']['serial']>['source'];

/** The serial is known; says so, and warns of an open case for it. */
export function fillSerial(
  scene: Scene,
  form: Form,
  serial: Serial,
  source: SerialSource,
  scan?: ScanNote,
): void {
  form.drafts.serial = null;
  form.drafts.proof = null;
  scene.fill(form, 'serial', { serial, source, ...(scan ? { scan } : {}) });
  scene.say('serial.taken', { serial: serial.short });
  const open = scene.context.cases.find(
    (known) =>
      known.serial === serial.short &&
      isOpenCase(known.status) &&
      known.caseId !== form.repairs?.caseId,
  );
  if (open) scene.say('serial.openCase', { serial: serial.short, number: open.number });
  scene.asks = true;
}
