import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Flow, FlowSchema } from '../dialogue/flow.ts';

/** A flow file that cannot be used; the message names the file, the place and the reason. */
export class FlowFileError extends Error {
  readonly code = 'FLOW_FILE';

  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file}: ${reason}`, options);
    this.name = 'FlowFileError';
  }
}

/** Reads one flow file's text. */
export function parseFlow(file: string, text: string): Flow {
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 20 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FlowFileError(file, `is not YAML: ${reason}`, { cause });
  }
  const parsed = FlowSchema.safeParse(content);
  if (!parsed.success) {
    throw new FlowFileError(file, `\n${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  }
  return parsed.data;
}

/** Reads every flow of a folder, by name. */
export function loadFlows(folder: string): Map<string, Flow> {
  const flows = new Map<string, Flow>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const flow = parseFlow(file, readFileSync(join(folder, file), 'utf8'));
    if (flows.has(flow.flow)) throw new FlowFileError(file, `"${flow.flow}" is defined twice.`);
    flows.set(flow.flow, flow);
  }
  return flows;
}
