import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { z } from 'zod';
import { ConfigError, loadConfig } from '../src/config.ts';
import { appPackage } from './teams/app-package.ts';
import { AboutSchema, manifestOf } from './teams/manifest.ts';

// Makes the app package of Teams from the configuration: `npm run teams:package`.

const USAGE = `npm run teams:package -- [options]
  --developer <name>      who offers the app, up to 32 characters (default: Unbinding assistant)
  --website <https://…>   page about it (default: PUBLIC_URL)
  --privacy <https://…>   privacy page (default: the website)
  --terms <https://…>     terms of use (default: the website)
  --app-version <n.n.n>   higher than that of the package before (default: 1.0.0)
  --out <file>            default: dist/teams-app.zip`;

/** A sentence for whoever runs it. */
function explain(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues.map(({ message }) => message).join('\n');
  if (error instanceof ConfigError || !(error instanceof Error)) return String(error);
  return error.message;
}

/** Microsoft publishes the schema; without a way there the shape alone was checked. */
async function checkPublished(manifest: unknown): Promise<string> {
  const published = manifest as Parameters<typeof AppManifestUtils.validateAgainstSchema>[0];
  let problems: string[];
  try {
    problems = await AppManifestUtils.validateAgainstSchema(published);
  } catch {
    return 'The published schema could not be fetched: shape and lengths were checked here.';
  }
  if (problems.length > 0) throw new Error(`The manifest does not fit:\n${problems.join('\n')}`);
  return 'It fits the published schema.';
}

try {
  const text = { type: 'string' } as const;
  const options = {
    developer: text,
    website: text,
    privacy: text,
    terms: text,
    'app-version': text,
  };
  const { values } = parseArgs({ options: { ...options, out: text, help: { type: 'boolean' } } });
  if (values.help) console.log(USAGE);
  else {
    const config = loadConfig();
    const website = values.website ?? config.publicUrl ?? '';
    const about = AboutSchema.parse({
      appId: config.teams?.appId,
      version: values['app-version'] ?? '1.0.0',
      developer: values.developer ?? 'Unbinding assistant',
      website,
      privacy: values.privacy ?? website,
      terms: values.terms ?? website,
    });
    const bytes = await appPackage(about);
    const checked = await checkPublished(manifestOf(about));
    const file = resolve(values.out ?? 'dist/teams-app.zip');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    console.log(`${file}\n${checked}`);
  }
} catch (error) {
  console.error(`${explain(error)}\n\n${USAGE}`);
  process.exitCode = 1;
}
