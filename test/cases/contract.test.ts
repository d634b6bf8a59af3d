import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backendOpenApi } from '../../src/cases/http/openapi.ts';
import { CaseStateSchema } from '../../src/cases/http/schemas.ts';

const FILE = join(import.meta.dirname, '../../docs/backend.openapi.json');

describe('the contract with a case server', () => {
  it('is published as the schemas have it (npm run backend:openapi writes it)', () => {
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(backendOpenApi());
  });

  it('refers to nothing that it does not hold', () => {
    const text = JSON.stringify(backendOpenApi());
    const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    const { schemas } = backendOpenApi().components;
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(Object.keys(schemas)).toContain(name);
  });

  it('takes a status that the life cycle does not have', () => {
    const foreign = { caseId: 'c', revision: 1, status: 'sentToFactory' };
    expect(CaseStateSchema.safeParse(foreign).success).toBe(true);
  });
});
