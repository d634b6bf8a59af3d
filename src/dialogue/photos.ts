import { spreadPhotos } from './batch-photos.ts';
import type { Form, Photo } from './conversation.ts';
import { type EventOf, MAX_ALBUM } from './event.ts';
import { drawingFor, wrongWith } from './photo-advice.ts';
import { acceptString } from './sadp.ts';
import type { Scene } from './scene.ts';
import { forgetStrings } from './secrets.ts';
import { isDeviceList, serialsIn, verdictOn } from './sightings.ts';
import { settleProof, upgradeProof } from './slots/proof.ts';
import { proposeSerials } from './slots/serial.ts';
import { suggestPhotos, suggestString } from './suggestions.ts';

/** Longest that a reading may keep somebody waiting. */
const READ_PATIENCE_MS = 60_000;
const MAX_PHOTOS = 3 * MAX_ALBUM;

/** The slot that these photos are most likely meant for. */
function targetOf(scene: Scene, form: Form): 'serial' | 'proof' | 'sadpString' {
  const at = scene.asked(form);
  if (at === 'sadpString') return 'sadpString';
  return scene.value(form, 'serial') ? 'proof' : 'serial';
}

/**
 * Has photos read. They join the set that is being read, if there is one; the set gets one answer.
 */
export function takePhotos(scene: Scene, form: Form, blobIds: readonly string[]): void {
  const claim = scene.value(form, 'serial')?.serial.short ?? null;
  const room = Math.max(0, MAX_PHOTOS - form.photos.length);
  const taken = blobIds.slice(0, room);
  if (taken.length === 0) {
    scene.say('photo.tooMany', { limit: MAX_PHOTOS });
    scene.asks = true;
    return;
  }
  const joining = form.album !== null;
  const album = form.album ?? openAlbum(scene, form);
  for (const blobId of taken) {
    scene.conversation.counter += 1;
    const photoId = `p${scene.conversation.counter}`;
    form.photos.push({ photoId, blobId, readId: album.readId, reading: null, use: 'evidence' });
    scene.effects.push({ kind: 'read', readId: album.readId, photoId, blobId, claim });
  }
  const progress = album.readId;
  if (joining) scene.say('photo.joined', undefined, { progress });
  else scene.say('photo.looking', { count: taken.length }, { progress });
  if (taken.length < blobIds.length) scene.say('photo.tooMany', { limit: MAX_PHOTOS });
}

function openAlbum(scene: Scene, form: Form): NonNullable<Form['album']> {
  const target = targetOf(scene, form);
  scene.conversation.counter += 1;
  const readId = `${form.id}r${scene.conversation.counter}`;
  if (form.slots[target]?.state !== 'filled') scene.pend(form, target, readId);
  form.album = {
    readId,
    target,
    revision: scene.revision(form, target),
    sadpRef: null,
    sadpFormat: null,
  };
  const at = scene.event.at + READ_PATIENCE_MS;
  scene.effects.push({ kind: 'setTimer', timer: `read:${form.id}`, at });
  return form.album;
}

/**
 * Writes a reading to its photo; when the whole set is read, answers. A reading that comes after
 * its time was up changes no slot, but makes the kept evidence better.
 *
 * @param showsString an SADP string was seen in it: the photo is then the string's, not a proof
 */
export function takeReading(
  scene: Scene,
  form: Form,
  event: EventOf<'photoRead'>,
  showsString: boolean,
): void {
  const photo = form.photos.find((p) => p.photoId === event.photoId && p.readId === event.readId);
  if (!photo || (photo.reading && photo.reading.outcome !== 'failed')) return;
  const late = photo.reading !== null;
  photo.reading = event.reading;
  if (event.reading.outcome === 'read') {
    if (event.reading.shareQr) removeSharePhoto(scene, photo);
    else if (showsString && event.reading.serials.length === 0) photo.use = 'sadpString';
  }
  if (late) upgradeProof(scene, form);
  else settleWhenRead(scene, form);
}

/** A Hik-Connect share QR carries passwords: the picture is deleted. */
function removeSharePhoto(scene: Scene, photo: Photo): void {
  photo.use = 'removed';
  scene.effects.push({ kind: 'dropBlob', blobId: photo.blobId });
  scene.say('sadpString.share');
}

/** The time for reading is over: what is not read by now counts as not read. */
export function endReading(scene: Scene, form: Form): void {
  if (!form.album) return;
  for (const photo of form.photos) photo.reading ??= { outcome: 'failed' };
  settleWhenRead(scene, form);
}

function settleWhenRead(scene: Scene, form: Form): void {
  const { album } = form;
  if (!album || form.photos.some((photo) => photo.reading === null)) return;
  form.album = null;
  scene.effects.push({ kind: 'clearTimer', timer: `read:${form.id}` });
  const came = form.photos.filter((p) => p.readId === album.readId && p.use === 'evidence');
  const current = scene.revision(form, album.target) === album.revision;
  if (form.slots[album.target]?.state === 'pending' && current) scene.renew(form, album.target);
  const string = stringOf(scene, album);
  scene.progress = { name: album.readId, from: scene.effects.length };
  if (scene.agentOwns) {
    if (string) suggestString(scene, string);
    suggestPhotos(scene, form, came, string !== null);
    return;
  }
  if (string) {
    forgetStrings(scene, form);
    acceptString(scene, form, string);
  }
  const fresh = form.batch === null ? came : spreadPhotos(scene, form, came);
  settleEvidence(scene, form, fresh, current ? album.target : null);
  scene.asks = true;
}

function stringOf(scene: Scene, album: NonNullable<Form['album']>) {
  return album.sadpRef && album.sadpFormat
    ? {
        ref: album.sadpRef,
        format: album.sadpFormat,
        source: 'photo' as const,
        exportedAt: null,
        fileSerial: null,
        receivedAt: scene.event.at,
      }
    : null;
}

/**
 * Answers a set that was read.
 *
 * @param target null when the slot has changed since: then the photos are evidence, and fill the
 *   proof only if they show the serial that holds now
 */
function settleEvidence(
  scene: Scene,
  form: Form,
  fresh: Photo[],
  target: NonNullable<Form['album']>['target'] | null,
): void {
  if (fresh.length === 0) return;
  const claim = scene.value(form, 'serial')?.serial.short;
  if (!claim) {
    if (target) settleSerial(scene, form, fresh);
    return;
  }
  const proven = form.slots.proof?.state === 'filled';
  const verdict = verdictOn(fresh, claim);
  if (!proven && (target === 'serial' || target === 'proof' || verdict.kind === 'shown')) {
    settleProof(scene, form, fresh);
    return;
  }
  if (!target) return;
  if (target === 'sadpString' && !scene.value(form, 'sadpString')) {
    if (sightOnLan(scene, form, fresh)) return;
    scene.refuse(form, 'sadpString', 'sadpString.notInPhoto');
    return;
  }
  if (proven) keepAsMoreEvidence(scene, form, fresh);
}

/**
 * The string is asked for because the device was not sighted on the LAN. A list of devices that
 * names it, sent instead, is the sight: the string is not needed then.
 */
function sightOnLan(scene: Scene, form: Form, fresh: readonly Photo[]): boolean {
  const slot = form.slots.serial;
  if (slot?.state !== 'filled' || scene.value(form, 'network')?.network !== 'lan') return false;
  const { short } = slot.value.serial;
  const listed = serialsIn(fresh.filter(isDeviceList)).some((seen) => seen.short === short);
  if (!listed) return false;
  // Not a change that the person has to review again: the same serial, better known.
  slot.value.source = 'screenshot';
  scene.say('serial.sighted', { serial: short });
  return true;
}

/** More photos for a proof that is already there are added to it, never lost. */
function keepAsMoreEvidence(scene: Scene, form: Form, fresh: Photo[]): void {
  const value = scene.value(form, 'proof');
  const claim = scene.value(form, 'serial')?.serial.short;
  if (!value || !claim) return;
  const verdict = verdictOn(fresh, claim);
  const shown = verdict.kind === 'shown';
  scene.fill(form, 'proof', {
    verdict: shown ? 'shown' : value.verdict,
    why: shown ? null : value.why,
    photoIds: [...new Set([...value.photoIds, ...fresh.map((p) => p.photoId)])],
  });
  if (verdict.kind === 'another') {
    scene.say('photo.addedAnother', { seen: verdict.short, claimed: claim });
  } else scene.say('photo.added', { count: fresh.length });
}

function settleSerial(scene: Scene, form: Form, fresh: Photo[]): void {
  const lists = fresh.filter(isDeviceList);
  const listed = serialsIn(lists);
  const serials = serialsIn(
    fresh.filter((photo) => !isDeviceList(photo)),
    lists.length > 0,
  );
  if (serials.length > 0) {
    const sighted = serials.every(({ short }) => listed.some((one) => one.short === short));
    const certain = serials.length === serialsIn(fresh, true).length;
    proposeSerials(scene, form, serials, sighted ? 'screenshot' : 'label', certain);
    return;
  }
  if (listed.length > 0) {
    proposeSerials(scene, form, listed, 'screenshot');
    return;
  }
  if (form.drafts.serial) return;
  const verdict = verdictOn(fresh, '');
  const wrong = verdict.kind === 'unreadable' ? wrongWith(verdict) : 'notRead';
  scene.refuse(form, 'serial', `serial.photo.${wrong}`, undefined, drawingFor(wrong));
}
