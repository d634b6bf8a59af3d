/** SQL: tokens of programs that operators run, and the index by which cases are exported. */
export const API_TOKENS = `
create table api_tokens (
  token_hash text primary key,
  name text not null unique,
  scopes text not null,
  created_at bigint not null,
  created_by text not null,
  expires_at bigint
);
create index cases_in_order on cases (submitted_at, case_id);
`;
