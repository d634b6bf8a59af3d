import { parseSerial } from '../../domain/serial.ts';
import { withoutVerificationCode } from '../../domain/label.ts';
import { recogniseSadp } from '../../domain/sadp-string.ts';
import type { EventOf } from '../event.ts';
import { formAtHand } from '../forms.ts';
import { greet } from '../greeting.ts';
import { takePhotos } from '../photos.ts';
import { takeString } from '../sadp.ts';
import type { Scene } from '../scene.ts';
import { fillSerial } from '../slots/serial.ts';

function greetFirst(scene: Scene): void {
  if (!scene.conversation.greeted && !scene.agentOwns) greet(scene);
  scene.asks = false;
}

/** Photos came. They are read whoever owns the conversation; under an agent they become suggestions. */
export function hearPhotos(scene: Scene, event: EventOf<'photos'>): void {
  const caption = event.caption?.normalize('NFC').trim() ?? '';
  const secret = recogniseSadp(caption).kind !== 'none';
  scene.heard = {
    blobIds: event.blobIds,
    ...(caption && !secret ? { text: withoutVerificationCode(caption) } : {}),
  };
  greetFirst(scene);
  const form = formAtHand(scene);
  const parsed = parseSerial(caption);
  const told = parsed.kind === 'serial' && !parsed.corrected ? parsed.serial : null;
  if (told && !scene.agentOwns && !scene.value(form, 'serial')) {
    fillSerial(scene, form, told, 'typed');
    scene.asks = false;
  }
  takePhotos(scene, form, event.blobIds);
}

/** A file came: the exported SADP file, or something that is told apart from it. */
export function hearFile(scene: Scene, event: EventOf<'file'>): void {
  const name = event.name.normalize('NFC');
  scene.heard = { said: { key: 'heard.file', params: { name } } };
  greetFirst(scene);
  scene.asks = true;
  const form = formAtHand(scene);
  const { content } = event;
  if (content.kind !== 'text') {
    scene.say(`file.${content.kind}`, { name });
    return;
  }
  const found = recogniseSadp(content.text);
  if (found.kind === 'complete') {
    const ref = takeString(scene, form, found, { source: 'file', fileName: name });
    scene.heard = { said: { key: 'heard.sadpFile', params: { name } }, secretRef: ref };
  } else if (found.kind === 'share') {
    scene.heard = { said: { key: 'heard.share' } };
    scene.say('sadpString.share');
  } else if (scene.position(form) === 'sadpString') {
    const key = found.kind === 'piece' ? 'file.cutOff' : 'file.notSadp';
    scene.refuse(form, 'sadpString', key, { name });
  } else {
    scene.say(found.kind === 'piece' ? 'file.cutOff' : 'file.notSadp', { name });
  }
}

/** Something this assistant cannot take: say what it wants instead. */
export function hearUnsupported(scene: Scene, event: EventOf<'unsupported'>): void {
  scene.heard = { said: { key: `heard.unsupported.${event.what}` } };
  greetFirst(scene);
  scene.say(`unsupported.${event.what}`);
  scene.asks = true;
}
