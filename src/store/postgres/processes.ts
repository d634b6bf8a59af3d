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

-- Who performs a new send, so that a conversation's sends keep their order: whoever is at them
-- already, or the process that commits. Nobody yet where an earlier one of its lane waits for a
-- retry, or one has nobody alive: then whoever looks for what is due takes all of them, in order.
create function sender_1(of_conversation bigint, of_lane text, me text) returns text
language sql stable as $body$
  select case
    when exists (select from effects e where e.conversation = of_conversation
      and e.state = 'due' and e.kind = 'send' and case
        when e.attempts > 0 then e.lane = of_lane
        else e.holder is null or e.holder <> me and not process_lives_1(e.holder) end) then null
    else coalesce((select e.holder from effects e where e.conversation = of_conversation
      and e.state = 'due' and e.kind = 'send' and e.holder <> me
      limit 1), me)
  end
$body$;
`;
