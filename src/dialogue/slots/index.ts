import type { SlotBook } from '../scene.ts';
import { answer } from './answer.ts';
import { company } from './company.ts';
import { consent } from './consent.ts';
import { deviceReady } from './device-ready.ts';
import { licence } from './licence.ts';
import { network } from './network.ts';
import { phone } from './phone.ts';
import { proof } from './proof.ts';
import { review } from './review.ts';
import { sadpString } from './sadp-string.ts';
import { serial } from './serial.ts';
import { taxCode } from './tax-code.ts';
import { verified } from './verified.ts';

/** Every slot there is, by name. Flow files say which a form needs. */
export const slots: SlotBook = {
  network,
  serial,
  deviceReady,
  proof,
  sadpString,
  answer,
  company,
  taxCode,
  licence,
  phone,
  consent,
  verified,
  review,
};
