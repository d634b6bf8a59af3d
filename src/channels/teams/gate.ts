import type { Activity } from './activity.ts';
import type { Connection } from './connection.ts';
import { TeamsError } from './errors.ts';
import { leadsTo } from './hosts.ts';
import type { TeamsOptions } from './options.ts';

/** Lets in what Teams delivers, and nothing else. */
export class Gate {
  readonly #options: TeamsOptions;
  readonly #connection: () => Promise<Connection>;

  constructor(options: TeamsOptions, connection: () => Promise<Connection>) {
    this.#options = options;
    this.#connection = connection;
  }

  /** @throws TeamsError `notTeams` before anything of the request is looked at */
  checkHeader(authorization: string | undefined): void {
    if (this.#options.appId === '') return;
    if (!/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/.test(authorization ?? '')) {
      throw new TeamsError('notTeams');
    }
  }

  /**
   * The service address decides where answers and the bot's token go. So it has to be one of the
   * known hosts, and the very one that the signed token names.
   *
   * @throws TeamsError `notTeams`, `wrongService`, or `notKept` when the keys cannot be fetched
   */
  async check(activity: Activity, authorization: string | undefined): Promise<void> {
    const { appId, serviceHosts, log } = this.#options;
    const { channelId, serviceUrl } = activity;
    const local = appId === '';
    if (!local) {
      if (channelId !== 'msteams') throw new TeamsError('notTeams');
      const connection = await this.#connection();
      const identity = await connection.identify(activity, authorization ?? '');
      if (identity.as === 'unknowable') {
        log.warn("Microsoft's signing keys cannot be fetched now; Teams delivers again");
        throw new TeamsError('notKept');
      }
      if (identity.as === 'unknown') throw new TeamsError('notTeams');
      if (identity.serviceUrl !== serviceUrl) throw new TeamsError('wrongService');
    }
    if (!leadsTo(serviceUrl, serviceHosts)) {
      const known = URL.canParse(serviceUrl) ? new URL(serviceUrl).hostname : 'none';
      log.warn({ host: known }, 'a delivery names a host that is not in TEAMS_SERVICE_HOSTS');
      throw new TeamsError('wrongService');
    }
  }
}
