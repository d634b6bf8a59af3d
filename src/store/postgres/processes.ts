/**
 * SQL: who lives. A process beats on a connection of its own. It is dead once that connection is
 * gone, which a killed process shows at once, or once it has not beaten for a while, which a paused
 * or cut-off one shows. The clock is the server's, so that the clocks of machines need not agree.
 */
export const PROCESSES = `
create table processes (
  holder text primary key,
  alive_until timestamptz not null,
  backend integer not null,
  backend_since timestamptz not null
);

create function process_lives_1(name text) returns boolean language sql stable as $body$
  select exists (
    select from processes p
    join pg_stat_activity a on a.pid = p.backend and a.backend_start = p.backend_since
    where p.holder = name and p.alive_until > clock_timestamp())
$body$;

-- Who performs a new send, so that a conversation's sends keep their order: nobody yet while an
-- earlier one of its lane waits for a retry, whoever is at the conversation's sends already, or the
-- process that commits.
create function sender_1(of_conversation bigint, of_lane text, me text) returns text
language sql stable as $body$
  select case
    when exists (select from effects e where e.conversation = of_conversation
      and e.state = 'due' and e.lane = of_lane and e.attempts > 0) then null
    else coalesce((select e.holder from effects e where e.conversation = of_conversation
      and e.state = 'due' and e.kind = 'send' and e.holder <> me and process_lives_1(e.holder)
      limit 1), me)
  end
$body$;
`;
