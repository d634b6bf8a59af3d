import { z } from 'zod';
import { AuditTrailSchema } from '../../src/desk/wire/audit.ts';
import { CaseSchema, CasesSchema } from '../../src/desk/wire/cases.ts';
import { GroupCodeSchema, MeSchema } from '../../src/desk/wire/people.ts';
import { ConsentSchema, ZaloOaSchema, type ZaloOaView } from '../../src/desk/wire/zalo-oa.ts';
import type { Assistant } from '../e2e/assistant.ts';
import { ask, persist, Refused } from './patience.ts';
import type { Where } from './scripted-installer.ts';

const PASSWORD = 'một câu dài dễ nhớ';

/** The one agent of a run: decides every case that comes, however often the assistant dies. */
export class ScriptedAgent {
  readonly #where: Where;
  #cookie = '';
  #csrf = '';

  constructor(where: Where) {
    this.#where = where;
  }

  /**
   * Becomes the first admin by the link that this process printed, and which it alone takes; signs
   * in when an earlier try had worked.
   */
  async setUp(process: Pick<Assistant, 'url' | 'setupLink'>): Promise<void> {
    await persist('setting up the desk', async () => {
      const person = { login: 'lan', password: PASSWORD };
      const { url, setupLink } = process;
      const token = setupLink?.split('#')[1] ?? '';
      try {
        await this.#enter(url, '/api/desk/setup', { ...person, token, name: 'Lan' });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        await this.#enter(url, '/api/desk/login', person);
      }
    });
  }

  /** Decides the open case of this serial as unbound. */
  async approves(serial: string): Promise<void> {
    await persist(`approving ${serial}`, async () => {
      const listed = CasesSchema.parse(await this.#get('/api/desk/cases'));
      const found = listed.cases.find((one) => one.serial === serial);
      // Decided already: an answer that got lost.
      if (!found) {
        const closed = CasesSchema.parse(await this.#get('/api/desk/cases?show=closed'));
        if (closed.cases.some((one) => one.serial === serial && one.status === 'unbound')) return;
        throw new Error('no such case yet');
      }
      const view = CaseSchema.parse(await this.#get(`/api/desk/cases/${found.caseId}`));
      const at = this.#where();
      await ask(`${at}/api/desk/cases/${found.caseId}/decision`, {
        method: 'POST',
        headers: { ...this.#headers(at), 'content-type': 'application/json' },
        body: JSON.stringify({ status: 'unbound', revision: view.revision }),
      });
    });
  }

  /** Connects the Official Account: answers where the admin consents. */
  async beginsZalo(): Promise<string> {
    const at = this.#where();
    const response = await ask(`${at}/api/desk/zalo-oa/connect`, {
      method: 'POST',
      headers: { ...this.#headers(at), 'content-type': 'application/json' },
      body: '{}',
    });
    return ConsentSchema.parse(await response.json()).url;
  }

  /** The code by which somebody in the agents' Telegram group becomes this agent. */
  async groupCode(): Promise<string> {
    const at = this.#where();
    const response = await ask(`${at}/api/desk/me/telegram/code`, {
      method: 'POST',
      headers: { ...this.#headers(at), 'content-type': 'application/json' },
      body: '{}',
    });
    return GroupCodeSchema.parse(await response.json()).code;
  }

  /** What the audit trail says was done, newest first. */
  async did(): Promise<string[]> {
    const { lines } = AuditTrailSchema.parse(await this.#get('/api/desk/audit'));
    return lines.map(({ action }) => action);
  }

  async zaloStands(): Promise<ZaloOaView> {
    return ZaloOaSchema.parse(await this.#get('/api/desk/zalo-oa'));
  }

  async #enter(at: string, path: string, body: Record<string, string>): Promise<void> {
    const response = await ask(at + path, {
      method: 'POST',
      headers: { ...this.#headers(at), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    this.#cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    this.#csrf = MeSchema.parse(await response.json()).csrf;
  }

  async #get(path: string): Promise<unknown> {
    const at = this.#where();
    const response = await ask(at + path, { headers: this.#headers(at) });
    return z.unknown().parse(await response.json());
  }

  #headers(at: string): Record<string, string> {
    return { cookie: this.#cookie, 'x-csrf-token': this.#csrf, origin: at };
  }
}
