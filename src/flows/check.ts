import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Flow } from '../dialogue/flow.ts';
import { checkStructure } from './check-structure.ts';
import { checkTexts } from './check-texts.ts';
import { FlowFileError, loadFlows } from './load.ts';
import { flowSchemaText } from './schema.ts';

/** Rooms whose code names keys of locales/<language>/bot.json. */
const SPEAKING = ['dialogue', 'engine', 'words'];

/** Where editors look for the shape of a flow file. */
export const SCHEMA_FILE = 'flow.schema.json';

function checkFlows(folder: string): string[] {
  let flows: Map<string, Flow>;
  try {
    flows = loadFlows(folder);
  } catch (error) {
    if (error instanceof FlowFileError) return [error.message];
    throw error;
  }
  if (flows.size === 0) return [`there is no flow in ${folder}`];
  return [...flows].flatMap(([name, flow]) =>
    checkStructure(flow).map((finding) => `flow "${name}": ${finding}`),
  );
}

function checkSchema(folder: string): string[] {
  const mend = 'run `npm run flow -- schema` to write it';
  let text: string;
  try {
    text = readFileSync(join(folder, SCHEMA_FILE), 'utf8');
  } catch {
    return [`${SCHEMA_FILE} is missing; ${mend}`];
  }
  return text === flowSchemaText() ? [] : [`${SCHEMA_FILE} is not that of the code; ${mend}`];
}

/**
 * What is wrong with the flows, their schema and the texts in both languages, a sentence each.
 *
 * @param home the folder that holds flows/, locales/ and src/
 */
export function checkAll(home: string): string[] {
  const flows = join(home, 'flows');
  const sources = SPEAKING.map((room) => join(home, 'src', room));
  return [
    ...checkFlows(flows),
    ...checkSchema(flows),
    ...checkTexts(join(home, 'locales'), sources),
  ];
}
