import { writeFileSync } from 'node:fs';
import { fileOf, tryAll, writeDocument } from '../test/bad-inputs/document.ts';

// Writes docs/bad-inputs.md and docs/bad-inputs.vi.md: every bad input, and what the assistant says to it.

const tried = await tryAll();
for (const language of ['en', 'vi'] as const) {
  const file = fileOf(language);
  writeFileSync(file, writeDocument(tried, language));
  console.log(`Written: ${file}`);
}
