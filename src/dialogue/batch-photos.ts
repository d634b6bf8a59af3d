import { batchOf } from './batch.ts';
import type { Form, Photo } from './conversation.ts';
import type { Scene } from './scene.ts';
import { serialsIn } from './sightings.ts';
import { settleProof } from './slots/proof.ts';

/**
 * Gives photos that show another device of the batch to that device, so that an album of labels may
 * come at any one of them.
 *
 * @returns those that are left for this form
 */
export function spreadPhotos(scene: Scene, form: Form, fresh: readonly Photo[]): Photo[] {
  const claim = scene.value(form, 'serial')?.serial.short;
  const others = batchOf(scene, form).filter((other) => other !== form);
  const left = [...fresh];
  for (const other of others) {
    const short = scene.value(other, 'serial')?.serial.short;
    const theirs = left.filter((photo) => {
      const seen = serialsIn([photo], true).map((serial) => serial.short);
      return short !== undefined && seen.includes(short) && !seen.includes(claim ?? '');
    });
    if (theirs.length === 0) continue;
    form.photos = form.photos.filter((photo) => !theirs.includes(photo));
    for (const photo of theirs) left.splice(left.indexOf(photo), 1);
    const moved = theirs.map((photo, index) => ({
      ...photo,
      photoId: `${other.id}p${other.photos.length + index}`,
    }));
    other.photos.push(...moved);
    if (other.slots.proof?.state !== 'filled') settleProof(scene, other, moved);
  }
  return left;
}
