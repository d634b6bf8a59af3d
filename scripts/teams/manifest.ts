import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TeamsManifestV1D19 } from '@microsoft/app-manifest';
import { z } from 'zod';

const HOME = resolve(import.meta.dirname, '../..');
const VERSION = '1.19';
const SCHEMAS = `https://developer.microsoft.com/json-schemas/teams/v${VERSION}`;

const CommandSchema = z.object({
  title: z.string().min(1).max(32),
  description: z.string().min(1).max(128),
});
/** What the app says of itself, within what the manifest's schema takes. */
const AppTextsSchema = z.object({
  short: z.string().min(1).max(30),
  full: z.string().min(1).max(100),
  descriptionShort: z.string().min(1).max(80),
  descriptionFull: z.string().min(1).max(4000),
  commands: z.record(z.string(), CommandSchema),
});
type AppTexts = z.infer<typeof AppTextsSchema>;

const page = (name: string) =>
  z
    .url({ protocol: /^https$/, error: `${name} must be an https address` })
    .max(2048, `${name} is too long`);

export const AboutSchema = z.object({
  appId: z.guid('TEAMS_APP_ID is missing'),
  /** Of the package; Teams takes an update only under a higher one. */
  version: z.string().regex(/^\d+\.\d+\.\d+$/, '--app-version must look like 1.0.0'),
  developer: z.string().min(1).max(32, '--developer has at most 32 characters'),
  website: page('PUBLIC_URL, or --website,'),
  privacy: page('--privacy'),
  terms: page('--terms'),
});
export type About = z.infer<typeof AboutSchema>;

function textsIn(language: 'vi' | 'en'): AppTexts {
  const file = resolve(HOME, 'locales', language, 'teams.json');
  return AppTextsSchema.parse(JSON.parse(readFileSync(file, 'utf8')).app);
}

/** The app's manifest: Vietnamese, in personal chats and, to be shown the way there, in groups. */
export function manifestOf(about: About): Record<string, unknown> {
  const texts = textsIn('vi');
  return {
    $schema: `${SCHEMAS}/MicrosoftTeams.schema.json`,
    manifestVersion: VERSION,
    version: about.version,
    id: about.appId,
    developer: {
      name: about.developer,
      websiteUrl: about.website,
      privacyUrl: about.privacy,
      termsOfUseUrl: about.terms,
    },
    name: { short: texts.short, full: texts.full },
    description: { short: texts.descriptionShort, full: texts.descriptionFull },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#0b5c6b',
    localizationInfo: {
      defaultLanguageTag: 'vi',
      additionalLanguages: [{ languageTag: 'en', file: 'en.json' }],
    },
    bots: [
      {
        botId: about.appId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: [{ scopes: ['personal'], commands: Object.values(texts.commands) }],
      },
    ],
    defaultInstallScope: 'personal',
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [],
  };
}

/** The same in English, by the paths of what it stands for. */
export function englishOf(): Record<string, string> {
  const texts = textsIn('en');
  const commands = Object.values(texts.commands).flatMap(({ title, description }, nth) => {
    const path = `bots[0].commandLists[0].commands[${nth}]`;
    return [
      [`${path}.title`, title],
      [`${path}.description`, description],
    ];
  });
  return {
    $schema: `${SCHEMAS}/MicrosoftTeams.Localization.schema.json`,
    'name.short': texts.short,
    'name.full': texts.full,
    'description.short': texts.descriptionShort,
    'description.full': texts.descriptionFull,
    ...Object.fromEntries(commands),
  };
}

/**
 * Holds the manifest against the shape that Microsoft's package makes of the published schema.
 * Lengths are not part of that shape; `AboutSchema` and `AppTextsSchema` hold them.
 *
 * @throws Error that names the first field that is wrong
 */
export function checkShape(manifest: Record<string, unknown>): void {
  TeamsManifestV1D19.Convert.toTeamsManifestV1D19(JSON.stringify(manifest));
}
