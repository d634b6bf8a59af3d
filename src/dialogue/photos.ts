import { judge } from '../domain/verdict.ts';
import type { Form, Photo } from './conversation.ts';
import { type EventOf, MAX_ALBUM } from './event.ts';
import { acceptString } from './sadp.ts';
import type { Scene } from './scene.ts';
import { settleProof } from './slots/proof.ts';
import { proposeSerials } from './slots/serial.ts';
import type { Serial } from '../domain/serial.ts';

/** Longest that a reading may keep somebody waiting. */
const READ_PATIENCE_MS = 60_000;

/** The slot that these photos are most likely meant for. */
function targetOf(scene: Scene, form: Form): 'serial' | 'proof' | 'sadpString' {
  const at = scene.position(form);
  if (at === 'sadpString') return 'sadpString';
  return scene.value(form, 'serial') ? 'proof' : 'serial';
}

/**
 * Has photos read. They join the set that is being read, if there is one; the set gets one answer.
 */
export function takePhotos(scene: Scene, form: Form, blobIds: readonly string[]): void {
  const claim = scene.value(form, 'serial')?.serial.short ?? null;
  const room = Math.max(0, 3 * MAX_ALBUM - form.photos.length);
  const taken = blobIds.slice(0, room);
  if (taken.length === 0) {
    scene.say('photo.tooMany', { limit: 3 * MAX_ALBUM });
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
  if (joining) scene.say('photo.joined');
  else scene.say('photo.looking', { count: taken.length });
}

function openAlbum(scene: Scene, form: Form): NonNullable<Form['album']> {
  const target = targetOf(scene, form);
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

/** Writes a reading to its photo; when the whole set is read, answers. */
export function takeReading(scene: Scene, form: Form, event: EventOf<'photoRead'>): void {
  const photo = form.photos.find((p) => p.photoId === event.photoId && p.readId === event.readId);
  if (!photo || photo.reading) return;
  photo.reading = event.reading;
  if (event.reading.outcome === 'read' && event.reading.shareQr) removeSharePhoto(scene, photo);
  settleWhenRead(scene, form);
}

/** A string was seen in a photo: the photo is kept as the string's, not as proof. */
export function markSadpPhoto(form: Form, photoId: string): void {
  const photo = form.photos.find((p) => p.photoId === photoId);
  const serials = photo?.reading?.outcome === 'read' ? photo.reading.serials : [];
  if (photo && serials.length === 0) photo.use = 'sadpString';
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
  const fresh = form.photos.filter((p) => p.readId === album.readId && p.use !== 'removed');
  const current = scene.revision(form, album.target) === album.revision;
  if (form.slots[album.target]?.state === 'pending' && current) scene.renew(form, album.target);
  if (scene.agentOwns) {
    suggest(scene, fresh, album.sadpRef);
    return;
  }
  if (album.sadpRef && album.sadpFormat) {
    acceptString(scene, form, {
      ref: album.sadpRef,
      format: album.sadpFormat,
      source: 'photo',
      exportedAt: null,
      fileSerial: null,
      receivedAt: scene.event.at,
    });
  }
  if (current) settleEvidence(scene, form, fresh.filter((p) => p.use === 'evidence'), album.target);
  scene.asks = true;
}

function settleEvidence(
  scene: Scene,
  form: Form,
  fresh: Photo[],
  target: NonNullable<Form['album']>['target'],
): void {
  if (fresh.length === 0) return;
  if (!scene.value(form, 'serial')) {
    settleSerial(scene, form, fresh);
    return;
  }
  const proof = form.slots.proof;
  if (proof?.state !== 'filled' && target !== 'sadpString') {
    settleProof(scene, form, fresh);
    return;
  }
  if (target === 'sadpString' && !scene.value(form, 'sadpString')) {
    scene.refuse(form, 'sadpString', 'sadpString.notInPhoto');
    return;
  }
  keepAsMoreEvidence(scene, form, fresh);
}

/** More photos for a proof that is already there are added to it, never lost. */
function keepAsMoreEvidence(scene: Scene, form: Form, fresh: Photo[]): void {
  const value = scene.value(form, 'proof');
  const claim = scene.value(form, 'serial')?.serial.short;
  if (!value || !claim) return;
  const shown = fresh.some((p) => p.reading && judge(p.reading, claim).kind === 'shown');
  scene.fill(form, 'proof', {
    verdict: shown ? 'shown' : value.verdict,
    why: shown ? null : value.why,
    photoIds: [...new Set([...value.photoIds, ...fresh.map((p) => p.photoId)])],
  });
  scene.say('photo.added', { count: fresh.length });
}

/** Serials that the photos show for certain, each once. */
function certainSerials(photos: readonly Photo[]): Serial[] {
  const found = new Map<string, Serial>();
  for (const { reading } of photos) {
    if (reading?.outcome !== 'read') continue;
    for (const seen of reading.serials) {
      if (!seen.anchored || seen.confidence < 0.85 || found.has(seen.short)) continue;
      found.set(seen.short, {
        short: seen.short,
        ...(seen.full ? { full: seen.full } : {}),
        ...(seen.model ? { model: seen.model } : {}),
      });
    }
  }
  return [...found.values()];
}

function settleSerial(scene: Scene, form: Form, fresh: Photo[]): void {
  const serials = certainSerials(fresh);
  if (serials.length > 0) {
    const photoIds = fresh.map((photo) => photo.photoId);
    proposeSerials(scene, form, serials, 'label', photoIds);
    return;
  }
  if (form.drafts.serial) return;
  const [first] = fresh;
  const reading = first?.reading;
  const why =
    reading?.outcome === 'refused'
      ? reading.why
      : reading?.outcome === 'read'
        ? (reading.trouble ?? 'noCode')
        : 'notRead';
  scene.refuse(form, 'serial', `serial.photo.${why}`);
}

/** Under an agent, photos fill nothing: the agent is told what they would have filled. */
function suggest(scene: Scene, fresh: Photo[], sadpRef: string | null): void {
  const { suggestions } = scene.conversation;
  const at = scene.event.at;
  if (sadpRef) suggestions.push({ at, what: 'sadpString', detail: sadpRef });
  const serials = certainSerials(fresh);
  for (const serial of serials) suggestions.push({ at, what: 'serial', detail: serial.short });
  if (!sadpRef && serials.length === 0 && fresh.length > 0) {
    suggestions.push({ at, what: 'unreadable', detail: String(fresh.length) });
  }
  scene.conversation.suggestions = suggestions.slice(-20);
}
