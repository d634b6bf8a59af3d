import { z } from 'zod';

/** Teams' service behind every bot, and its clouds' own. Whoever likes gets a name in trafficmanager.net. */
const SERVICE_HOSTS = ['smba.trafficmanager.net', '.teams.microsoft.com'];
/** Where SharePoint and OneDrive keep files. */
const FILE_HOSTS = ['.sharepoint.com', '.svc.ms', '.1drv.com', '.microsoftpersonalcontent.com'];
const THIS_MACHINE = ['127.0.0.1', 'localhost'];

const hosts = z
  .string()
  .regex(
    /^\.?[\w-]+(\.[\w-]+)*(\s*,\s*\.?[\w-]+(\.[\w-]+)*)*$/,
    'must be names of hosts with commas between, such as smba.trafficmanager.net, .teams.microsoft.com',
  )
  .transform((value) => value.toLowerCase().split(/\s*,\s*/));

export const TEAMS_SHAPE = {
  TEAMS_APP_ID: z.guid('must be the app id that Azure shows, such as 00000000-…').optional(),
  TEAMS_APP_PASSWORD: z.string().max(4096, 'is far too long').optional(),
  TEAMS_APP_TYPE: z
    .enum(['SingleTenant', 'UserAssignedMSI'], 'must be SingleTenant or UserAssignedMSI')
    .default('SingleTenant'),
  TEAMS_TENANT_ID: z
    .string()
    .regex(/^[\w.-]{3,100}$/, 'must be the tenant id that Azure shows, or its domain')
    .optional(),
  TEAMS_SERVICE_HOSTS: hosts.optional(),
  TEAMS_FILE_HOSTS: hosts.optional(),
};

export interface TeamsConfig {
  /** Empty in local mode, where nobody is checked. */
  appId: string;
  signIn: { as: 'singleTenant'; password: string; tenantId: string } | { as: 'managedIdentity' };
  /** Stands for Microsoft's identity provider, without a trailing slash; null = Microsoft's own. */
  identityRoot: string | null;
  serviceHosts: string[];
  fileHosts: string[];
}

type Values = {
  [name in keyof typeof TEAMS_SHAPE]?: z.output<(typeof TEAMS_SHAPE)[name]> | undefined;
} & {
  TEAMS_IDENTITY_ROOT?: string | undefined;
  TEAMS_LOCAL: boolean;
  HOST: string;
  PUBLIC_URL?: string | undefined;
};
type Problem = { name: string; problem: string };

/** The client secret goes there. */
function rootProblems({ TEAMS_IDENTITY_ROOT: root }: Values): Problem[] {
  if (root === undefined || /^https:|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/|$)/.test(root))
    return [];
  return [{ name: 'TEAMS_IDENTITY_ROOT', problem: 'must be https, or on this machine' }];
}

/** What of the Teams settings does not go together. Without an app id the SDK would let anybody in. */
export function teamsProblems(values: Values, given: ReadonlyMap<string, string>): Problem[] {
  const names = [...given.keys()].filter((name) => name.startsWith('TEAMS_'));
  const [first] = names.filter((name) => name !== 'TEAMS_LOCAL');
  if (values.TEAMS_LOCAL) return localProblems(values);
  if (first === undefined) return [];
  const needed =
    values.TEAMS_APP_TYPE === 'UserAssignedMSI'
      ? ['TEAMS_APP_ID']
      : ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'];
  const missing = needed
    .filter((name) => !given.has(name))
    .map((name) => ({ name, problem: `is missing; ${first} is given and needs it` }))
    .concat(rootProblems(values));
  if (values.TEAMS_APP_TYPE !== 'UserAssignedMSI' || !given.has('TEAMS_APP_PASSWORD'))
    return missing;
  const problem = 'is given, but a managed identity has none; remove it, or TEAMS_APP_TYPE';
  return [...missing, { name: 'TEAMS_APP_PASSWORD', problem }];
}

function localProblems({ TEAMS_APP_ID, HOST, PUBLIC_URL }: Values): Problem[] {
  const name = 'TEAMS_LOCAL';
  if (TEAMS_APP_ID !== undefined) {
    return [{ name, problem: 'lets anybody in, so it does not go with TEAMS_APP_ID; remove one' }];
  }
  if (PUBLIC_URL === undefined && ['127.0.0.1', 'localhost', '::1'].includes(HOST)) return [];
  const problem = 'lets anybody in, so it goes with HOST=127.0.0.1 and without PUBLIC_URL only';
  return [{ name, problem }];
}

/** Null when Teams is not used. */
export function teamsConfigOf(values: Values): TeamsConfig | null {
  const { TEAMS_APP_ID: appId = '', TEAMS_APP_TYPE: type, TEAMS_LOCAL: local } = values;
  if (appId === '' && !local) return null;
  const { TEAMS_APP_PASSWORD: password = '', TEAMS_TENANT_ID: tenantId = '' } = values;
  return {
    appId,
    signIn:
      type === 'UserAssignedMSI'
        ? { as: 'managedIdentity' }
        : { as: 'singleTenant', password, tenantId },
    identityRoot: values.TEAMS_IDENTITY_ROOT ?? null,
    serviceHosts: values.TEAMS_SERVICE_HOSTS ?? (local ? THIS_MACHINE : SERVICE_HOSTS),
    fileHosts: values.TEAMS_FILE_HOSTS ?? (local ? THIS_MACHINE : FILE_HOSTS),
  };
}
