/** SQL: companies' applications for their verification. */
export const VERIFICATIONS = `
create table verifications (
  verification_id text primary key,
  conversation_id text not null references conversations (conversation_id),
  status text not null,
  submitted_at bigint not null,
  decided_at bigint,
  decided_by text,
  reason text,
  sealed bytea not null
);
create index verifications_of on verifications (conversation_id, status);
create index verifications_waiting on verifications (submitted_at) where status = 'waiting';
`;
