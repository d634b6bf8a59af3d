export interface AgentRow {
  agentId: string;
  name: string;
  login: string;
  /** `scrypt$N$r$p$salt$hash`, base64. */
  passwordHash: string;
  /** `left`: may no longer sign in; kept, for what they did is named by them. */
  role: 'admin' | 'agent' | 'viewer' | 'left';
}

/** A link that lets one person in, by its hash. */
export interface InviteRow {
  tokenHash: string;
  role: Exclude<AgentRow['role'], 'left'>;
  invitedBy: string;
  expiresAt: number;
}

export interface AuditLine {
  at: number;
  actor: string;
  action: string;
  subject: string;
  detail?: string;
}

/** A token by which a program of the operators asks; the token itself is nowhere. */
export interface ApiTokenRow {
  /** Base64url SHA-256. */
  tokenHash: string;
  name: string;
  scopes: string[];
  createdAt: number;
  createdBy: string;
  /** Null = until it is dropped. */
  expiresAt: number | null;
}

/** The desk's people, what they did, and the programs of the operators. */
export interface PeopleStore {
  agents(): Promise<AgentRow[]>;
  agentByLogin(login: string): Promise<AgentRow | null>;
  addAgent(agent: AgentRow): Promise<void>;
  /** Changes what is given; the login stays. */
  changeAgent(
    agentId: string,
    change: Partial<Pick<AgentRow, 'name' | 'passwordHash' | 'role'>>,
  ): Promise<void>;
  /** Opens a session; with a `tokenHash` that is there already, prolongs it to `expiresAt`. */
  openSession(session: {
    tokenHash: string;
    agentId: string;
    expiresAt: number;
    csrf: string;
  }): Promise<void>;
  session(
    tokenHash: string,
    now: number,
  ): Promise<{ agent: AgentRow; csrf: string; expiresAt: number } | null>;
  closeSession(tokenHash: string): Promise<void>;
  /** Ends every session of an agent, save the one with this `tokenHash`. */
  closeSessionsOf(agentId: string, except: string | null): Promise<void>;
  /** Agents who are off duty. Somebody new is on duty. */
  offDuty(): Promise<string[]>;
  setDuty(agentId: string, on: boolean): Promise<void>;
  addInvite(invite: InviteRow): Promise<void>;
  /** Takes an invitation that holds at `now`, once; null when there is none. */
  takeInvite(tokenHash: string, now: number): Promise<InviteRow | null>;
  audit(line: AuditLine): Promise<void>;
  auditTrail(limit: number): Promise<AuditLine[]>;
  /** @returns false when the name is taken */
  addApiToken(token: ApiTokenRow): Promise<boolean>;
  /** Null also when it has expired by `now`. */
  apiToken(tokenHash: string, now: number): Promise<ApiTokenRow | null>;
  apiTokens(): Promise<ApiTokenRow[]>;
  /** @returns false when there is none of this name */
  dropApiToken(name: string): Promise<boolean>;
}
