import { describe, expect, it } from 'vitest';
import { base, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function photosSuite(bed: TestBed): void {
  describe(`photos in ${bed.engine}`, () => {
    const bytes = Buffer.from('a photo, or so');

    it('keeps a photo and shows it to the conversation that sent it', async () => {
      const blobId = await bed.store.putBlob(bytes, 'image/jpeg');
      const one = await bed.run({}, { ...base('one'), type: 'photos', blobIds: [blobId] });
      const two = await bed.run(
        {},
        { ...base('two'), type: 'photos', blobIds: [blobId, 'unknown'] },
      );
      const kept = await bed.store.getBlob(blobId);
      expect(kept?.mime).toBe('image/jpeg');
      expect(Buffer.from(kept?.bytes ?? []).equals(bytes)).toBe(true);
      expect(await bed.store.blobBelongsTo(blobId, one.conversationId)).toBe(true);
      expect(await bed.store.blobBelongsTo(blobId, two.conversationId)).toBe(false);
      expect(await bed.store.getBlob('unknown')).toBeNull();
    });

    it('keeps one masked copy of a photo, as long as the photo itself', async () => {
      const blobId = await bed.store.putBlob(bytes, 'image/jpeg');
      expect(await bed.store.getMaskedBlob(blobId)).toBeNull();
      const masked = Buffer.from('its code is covered');
      await bed.store.putMaskedBlob(blobId, masked, 'image/png');
      await bed.store.putMaskedBlob(blobId, Buffer.from('again'), 'image/jpeg');
      await bed.store.putMaskedBlob('unknown', masked, 'image/png');
      await bed.reopen();
      const kept = await bed.store.getMaskedBlob(blobId);
      expect(kept?.mime).toBe('image/png');
      expect(Buffer.from(kept?.bytes ?? []).equals(masked)).toBe(true);
      expect(await bed.store.getMaskedBlob('unknown')).toBeNull();
      await bed.run({}, { ...base('one'), type: 'photos', blobIds: [blobId] });
      await bed.run({ effects: [{ kind: 'dropBlob', blobId }] }, text('one'));
      expect(await bed.store.getMaskedBlob(blobId)).toBeNull();
    });

    it('deletes a photo for its own conversation only', async () => {
      const blobId = await bed.store.putBlob(bytes, 'image/jpeg');
      await bed.run({}, { ...base('one'), type: 'photos', blobIds: [blobId] });
      await bed.run({ effects: [{ kind: 'dropBlob', blobId }] }, text('two'));
      expect(await bed.store.getBlob(blobId)).not.toBeNull();
      await bed.run({ effects: [{ kind: 'dropBlob', blobId }] }, text('one'));
      expect(await bed.store.getBlob(blobId)).toBeNull();
    });
  });
}
