import { afterEach, beforeEach } from 'vitest';
import { casesSuite } from './contract/cases.ts';
import { channelAddressesSuite } from './contract/channel-addresses.ts';
import { claimsSuite } from './contract/claims.ts';
import { deskSuite } from './contract/desk.ts';
import { documentsSuite } from './contract/documents.ts';
import { erasingSuite } from './contract/erasing.ts';
import { forumSuite } from './contract/forum.ts';
import { inboxSuite } from './contract/inbox.ts';
import { leasesSuite } from './contract/leases.ts';
import { linkingSuite } from './contract/linking.ts';
import { notificationsSuite } from './contract/notifications.ts';
import { officeSuite } from './contract/office.ts';
import { operatorsSuite } from './contract/operators.ts';
import { outboxSuite } from './contract/outbox.ts';
import { pairingsSuite } from './contract/pairings.ts';
import { personalDataSuite } from './contract/personal-data.ts';
import { photosSuite } from './contract/photos.ts';
import { shownMessagesSuite } from './contract/shown-messages.ts';
import { similarCasesSuite } from './contract/similar-cases.ts';
import { type Place, TestBed } from './contract/test-bed.ts';
import { timersSuite } from './contract/timers.ts';
import { turnsSuite } from './contract/turns.ts';
import { upkeepSuite } from './contract/upkeep.ts';
import { uploadLinksSuite } from './contract/upload-links.ts';
import { verificationsSuite } from './contract/verifications.ts';

/** What every engine behind the contract has to do. */
export function contractSuite(engine: string, makePlace: () => Promise<Place>): void {
  const bed = new TestBed(engine, makePlace);
  beforeEach(() => bed.setUp());
  afterEach(() => bed.tearDown());

  turnsSuite(bed);
  outboxSuite(bed);
  claimsSuite(bed);
  timersSuite(bed);
  forumSuite(bed);
  casesSuite(bed);
  similarCasesSuite(bed);
  photosSuite(bed);
  linkingSuite(bed);
  notificationsSuite(bed);
  shownMessagesSuite(bed);
  uploadLinksSuite(bed);
  verificationsSuite(bed);
  channelAddressesSuite(bed);
  pairingsSuite(bed);
  officeSuite(bed);
  operatorsSuite(bed);
  personalDataSuite(bed);
  deskSuite(bed);
  inboxSuite(bed);
  documentsSuite(bed);
  erasingSuite(bed);
  leasesSuite(bed);
  upkeepSuite(bed);
}
