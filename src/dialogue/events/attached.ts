import { withoutVerificationCode } from '../../domain/label.ts';
import { recogniseSadp, withoutSadpCodes } from '../../domain/sadp-string.ts';
import { type EventOf, MAX_ALBUM } from '../event.ts';
import { formAtHand } from '../forms.ts';
import { greet } from '../greeting.ts';
import { takeString } from '../sadp.ts';
import type { Scene } from '../scene.ts';

/** How long after the newest file of an album another one of it is waited for. */
const ALBUM_REST_MS = 1_500;

/**
 * Files came without their bytes. They are fetched; what they are is an event of its own, and gets
 * the answer. An album is fetched as one, once nothing more of it has come for a while, since
 * platforms hand over its files one by one and say nothing of the last.
 */
export function hearAttached(scene: Scene, event: EventOf<'attached'>): void {
  greet(scene);
  scene.asks = false;
  const caption = takeCaption(scene, event.caption ?? '');
  const photos = event.files.filter(({ kind }) => kind === 'photo');
  for (const file of event.files) {
    if (file.kind === 'file') scene.effects.push({ kind: 'fetch', files: [file], caption: '' });
  }
  if (photos.length === 0) {
    // An exported file's own words are in it; what was written beside it is for people to read.
    if (caption) scene.heard = { text: caption };
  } else if (event.album === undefined) {
    scene.effects.push({ kind: 'fetch', files: photos, caption });
  } else {
    const { album } = event;
    scene.conversation.arriving.push(...photos.map((file) => ({ album, file, caption })));
    const at = scene.event.at + ALBUM_REST_MS;
    scene.effects.push({ kind: 'setTimer', timer: `album:${album}`, at });
  }
}

/**
 * The caption without what is secret in it. A whole string is sealed at once, because what waits to
 * be fetched is kept as it is.
 */
function takeCaption(scene: Scene, text: string): string {
  const caption = text.normalize('NFC').trim();
  const secret = recogniseSadp(caption);
  if (secret.kind === 'share') {
    scene.heard = { said: { key: 'heard.share' } };
    scene.say('sadpString.share');
    return '';
  }
  if (secret.kind === 'complete') {
    const form = formAtHand(scene, ['sadpString']);
    const secretRef = takeString(scene, form, secret, { source: 'text' });
    scene.heard = { said: { key: 'heard.sadpString' }, secretRef };
    return '';
  }
  return withoutVerificationCode(withoutSadpCodes(caption));
}

/** Nothing more of the album has come for a while: what is there is fetched. */
export function fetchAlbum(scene: Scene, album: string): void {
  const { conversation } = scene;
  const there = conversation.arriving.filter((one) => one.album === album);
  conversation.arriving = conversation.arriving.filter((one) => one.album !== album);
  for (let from = 0; from < there.length; from += MAX_ALBUM) {
    const some = there.slice(from, from + MAX_ALBUM);
    const captions = new Set(some.map(({ caption }) => caption).filter(Boolean));
    const files = some.map(({ file }) => file);
    scene.effects.push({ kind: 'fetch', files, caption: [...captions].join('\n') });
  }
}
