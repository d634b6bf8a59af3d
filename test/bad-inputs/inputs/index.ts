import type { Section } from './input.ts';
import { kinds } from './kinds.ts';
import { moments } from './moments.ts';
import { photos } from './photos.ts';
import { serials } from './serials.ts';
import { strings } from './strings.ts';
import { words } from './words.ts';

export const sections: readonly Section[] = [words, serials, photos, strings, kinds, moments];
