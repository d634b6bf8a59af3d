import { z } from 'zod';
import { FlowSchema } from '../dialogue/flow.ts';

const LINE = 100;

/** The JSON Schema of a flow file, as editors use it; lists of words stand on one line. */
export function flowSchemaText(): string {
  const schema = z.toJSONSchema(FlowSchema, { io: 'input' });
  const text = JSON.stringify(schema, null, 2).replace(
    /^( *)(.*)\[\n\s+("[^[\]{}]+")\n\s+\]/gm,
    (whole, indent: string, before: string, words: string) => {
      const line = `${indent}${before}[${words.replace(/\n\s+/g, ' ')}]`;
      return line.length < LINE ? line : whole;
    },
  );
  return `${text}\n`;
}
