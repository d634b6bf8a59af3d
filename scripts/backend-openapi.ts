import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { backendOpenApi } from '../src/cases/http/openapi.ts';

// Writes docs/backend.openapi.json from the schemas that the assistant itself checks with.

const file = resolve(import.meta.dirname, '../docs/backend.openapi.json');
writeFileSync(file, `${JSON.stringify(backendOpenApi(), null, 2)}\n`);
console.log(`Written: ${file}`);
