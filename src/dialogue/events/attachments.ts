import { withoutVerificationCode } from '../../domain/label.ts';
import { recogniseSadp, withoutSadpCodes } from '../../domain/sadp-string.ts';
import { parseSerial } from '../../domain/serial.ts';
import type { EventOf, Untaken } from '../event.ts';
import { formAtHand, isVerification } from '../forms.ts';
import { greet } from '../greeting.ts';
import { takePhotos } from '../photos.ts';
import { takeString } from '../sadp.ts';
import type { Scene } from '../scene.ts';
import { fillSerial } from '../slots/fill-serial.ts';
import { takeLicence } from '../slots/licence.ts';
import { hearPastedScan } from './devices.ts';
import { hearSerial } from './serial-text.ts';

/** What could come as a file, or smaller, by another way. */
const FILES: readonly Untaken[] = ['photoTooLarge', 'notHandedOver'];

/** Greets a new person; the open question waits for what came with the first message. */
function greetFirst(scene: Scene): void {
  greet(scene);
  scene.asks = false;
}

/** Photos came. They are read whoever owns the conversation; under an agent they become suggestions. */
export function hearPhotos(scene: Scene, event: EventOf<'photos'>): void {
  const caption = event.caption?.normalize('NFC').trim() ?? '';
  const safe = withoutSadpCodes(caption);
  greetFirst(scene);
  const secret = recogniseSadp(caption);
  const { focus } = scene;
  if (focus && isVerification(focus) && !scene.agentOwns && secret.kind === 'none') {
    scene.heard = {
      blobIds: event.blobIds,
      ...(safe ? { text: withoutVerificationCode(safe) } : {}),
    };
    takeLicence(scene, focus, event.blobIds);
    if (event.untaken) scene.say(`unsupported.${event.untaken}`);
    return;
  }
  const form = formAtHand(scene, ['proof', 'serial', 'sadpString']);
  const secretRef =
    secret.kind === 'complete' ? takeString(scene, form, secret, { source: 'text' }) : null;
  scene.heard = {
    blobIds: event.blobIds,
    ...(safe && secret.kind !== 'share' && !secretRef
      ? { text: withoutVerificationCode(safe) }
      : {}),
    ...(secretRef ? { said: { key: 'heard.sadpString' }, secretRef } : {}),
  };
  if (secret.kind === 'share') scene.say('sadpString.share');
  const parsed = parseSerial(safe);
  const told = parsed.kind === 'serial' && !parsed.corrected ? parsed.serial : null;
  if (told && !scene.agentOwns && !scene.value(form, 'serial')) {
    fillSerial(scene, form, told, 'typed');
  }
  scene.asks = false;
  takePhotos(scene, form, event.blobIds);
  if (event.untaken) scene.say(`unsupported.${event.untaken}`);
}

/** A file came: the exported SADP file, or something that is told apart from it. */
export function hearFile(scene: Scene, event: EventOf<'file'>): void {
  const name = withoutSadpCodes(event.name.normalize('NFC'));
  scene.heard = { said: { key: 'heard.file', params: { name } } };
  greetFirst(scene);
  scene.asks = true;
  const { content } = event;
  if (content.kind !== 'text') {
    scene.say(`file.${content.kind}`, { name });
    return;
  }
  if (hearPastedScan(scene, content.text)) return;
  const found = recogniseSadp(content.text);
  const form = scene.focus;
  if (found.kind === 'complete') {
    const home = formAtHand(scene, ['sadpString']);
    const ref = takeString(scene, home, found, { source: 'file', fileName: name });
    scene.heard = { said: { key: 'heard.sadpFile', params: { name } }, secretRef: ref };
  } else if (found.kind === 'share') {
    scene.heard = { said: { key: 'heard.share' } };
    scene.say('sadpString.share');
  } else if (found.kind === 'none' && hearList(scene, content.text)) {
    return;
  } else if (found.kind === 'none' && /\.csv$/i.test(name)) {
    scene.say('file.noSerials', { name });
  } else if (form && scene.asked(form) === 'sadpString') {
    scene.refuse(form, 'sadpString', found.kind === 'piece' ? 'file.cutOff' : 'file.notSadp', {
      name,
    });
  } else {
    scene.say(found.kind === 'piece' ? 'file.cutOff' : 'file.notSadp', { name });
  }
}

/** A list of serials, such as a CSV: what a pasted list of them is. */
function hearList(scene: Scene, text: string): boolean {
  return parseSerial(text).kind === 'several' && !scene.agentOwns && hearSerial(scene, text);
}

/** Something this assistant cannot take: say what it wants instead. */
export function hearUnsupported(scene: Scene, event: EventOf<'unsupported'>): void {
  scene.heard = { said: { key: `heard.unsupported.${event.what}` } };
  greetFirst(scene);
  const takesFiles = FILES.includes(event.what) && !scene.asksForFiles;
  scene.say(`unsupported.${event.what}`, undefined, takesFiles ? { takesFiles } : {});
  scene.asks = true;
}
