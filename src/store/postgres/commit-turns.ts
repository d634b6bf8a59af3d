import { IS_OPEN } from '../open-cases.ts';

/**
 * SQL: writes the turns of a batch, at most one of a conversation, and answers what became of them:
 * `lost` turns were decided on a conversation that has moved on, and are to be decided again;
 * `duplicate` ones were another process's already; of the others, `effects` are those that the
 * committer may perform, as [turn, n, effect id, line id].
 *
 * What is large (conversations, lines, effects) comes apart and is parsed once; `keys` has of each
 * turn what the other statements look at.
 *
 * Rows are locked in one order by all: conversations by id, new ones by chat, then event ids. Locks
 * last as long as this one call, so that a process that is stopped halfway holds nobody up.
 */
export const COMMIT_TURNS = `
create function commit_turns_1(keys json, begun json, changed json, said json, to_do json, rest json,
  settlements json, me text) returns json language plpgsql as $body$
declare
  -- The turns that count, and the numbers of their conversations, side by side.
  won int[];
  ids bigint[];
  lost int[];
  fresh int[];
  duplicate int[];
  effects_made json;
  one record;
begin
  select coalesce(array_agg(turn), '{}'), coalesce(array_agg(id), '{}') into won, ids from (
    select t.turn, c.id
    from json_to_recordset(keys) as t(turn int, id bigint, version int)
    join conversations c on c.id = t.id and c.version = t.version
    order by c.id for update of c) locked;

  with made as (
    insert into conversations (conversation_id, channel, chat_id, account_id, version, updated_at,
      language, owner_who, owner_agent_id, owner_agent_name, owner_epoch, last_text, state)
    select conversation_id, channel, chat_id, account_id, 1, at, language, owner_who,
      owner_agent_id, owner_agent_name, owner_epoch, last_text, state
    from json_to_recordset(begun) as t(conversation_id text, channel text,
      chat_id text, account_id text, at bigint, language text, owner_who text, owner_agent_id text,
      owner_agent_name text, owner_epoch int, last_text text, state text)
    order by channel, chat_id
    on conflict do nothing
    returning id, conversation_id, account_id
  ), made_accounts as (
    insert into accounts (account_id, verified) select account_id, 0 from made
  )
  select won || coalesce(array_agg(t.turn), '{}'), ids || coalesce(array_agg(m.id), '{}')
  into won, ids
  from made m
  join json_to_recordset(keys) as t(turn int, conversation_id text)
    using (conversation_id);

  select coalesce(array_agg(turn), '{}') into lost
  from json_to_recordset(keys) as t(turn int)
  where turn <> all (won);

  with taken as (
    insert into seen (channel, event_id, at)
    select channel, event_id, at
    from json_to_recordset(keys) as t(turn int, channel text, event_id text, at bigint)
    where turn = any (won)
    order by channel, event_id
    on conflict do nothing
    returning channel, event_id
  )
  select coalesce(array_agg(t.turn), '{}') into fresh
  from taken
  join json_to_recordset(keys) as t(turn int, channel text, event_id text)
    using (channel, event_id);

  select coalesce(array_agg(turn), '{}') into duplicate from unnest(won) as turn
  where turn <> all (fresh);
  select coalesce(array_agg(w.turn), '{}'), coalesce(array_agg(w.id), '{}') into won, ids
  from unnest(won, ids) as w(turn, id) where w.turn = any (fresh);

  -- An effect may be finished by the turn that takes its result in: never before that turn counts.
  if cardinality(lost) = 0 then perform settle_1(settlements, me); end if;

  update conversations c set version = c.version + 1, updated_at = greatest(c.updated_at, t.at),
    language = t.language, owner_who = t.owner_who, owner_agent_id = t.owner_agent_id,
    owner_agent_name = t.owner_agent_name, owner_epoch = t.owner_epoch,
    last_text = coalesce(t.last_text, c.last_text), state = t.state,
    unreachable = case when t.from_a_person then null else c.unreachable end
  from json_to_recordset(changed) as t(turn int, id bigint, at bigint, language text,
    owner_who text, owner_agent_id text, owner_agent_name text, owner_epoch int, last_text text,
    state text, from_a_person boolean)
  where c.id = t.id and t.turn = any (won);

  update blobs b set conversation_id = x.conversation_id
  from json_to_recordset(rest->'attached') as x(turn int, conversation_id text, blob_id text)
  where b.blob_id = x.blob_id and b.conversation_id is null and x.turn = any (won);

  -- A newer answer of the bot replaces older ones that have failed so far and would come late.
  with cancelled as (
    update effects e set state = 'cancelled', holder = null
    from json_to_recordset(keys) as t(turn int, supersedes boolean)
    join unnest(won, ids) as w(turn, id) using (turn)
    where t.supersedes and e.conversation = w.id and e.state = 'due' and e.attempts > 0
      and e.kind = 'send' and e.push = 0 and e.by_agent = 0
    returning e.line_id
  )
  update lines l set delivery = 'cancelled' from cancelled c where l.id = c.line_id;

  -- Numbers are drawn here, under the locks, so that those of a conversation rise.
  with new_lines as materialized (
    select nextval('lines_id_seq') as id, sorted.* from (
      select w.id as conversation, l.*
      from json_to_recordset(said) as l(turn int, n int, at bigint, author text,
        agent_name text, language text, shown text, reply text, blob_ids text, secret_ref text,
        delivery text)
      join unnest(won, ids) as w(turn, id) using (turn)
      order by l.turn, l.n) sorted
  ), new_effects as materialized (
    select nextval('effects_effect_id_seq') as effect_id, sorted.* from (
      select w.id as conversation, l.id as line_id, e.*,
        case when e.state <> 'due' then null
          when e.kind <> 'send' then me
          else sender_1(w.id, e.lane, me) end as holder
      from json_to_recordset(to_do) as e(turn int, n int, line int, kind text, push int,
        by_agent int, state text, lane text, created_at bigint, due_at bigint, expires_at bigint,
        epoch int, payload text, why text)
      join unnest(won, ids) as w(turn, id) using (turn)
      left join new_lines l on l.turn = e.turn and l.n = e.line
      order by e.turn, e.n) sorted
  ), written_lines as (
    insert into lines (id, conversation, at, author, agent_name, language, shown, reply, blob_ids,
      secret_ref, delivery)
    select id, conversation, at, author, agent_name, language, shown, reply, blob_ids, secret_ref,
      delivery
    from new_lines
  ), written_effects as (
    insert into effects (effect_id, conversation, kind, push, by_agent, state, lane, created_at,
      due_at, expires_at, attempts, repeat, epoch, line_id, payload, why, holder)
    select effect_id, conversation, kind, push, by_agent, state, lane, created_at, due_at,
      expires_at, 0, 'safe', epoch, line_id, payload, why, holder
    from new_effects
  )
  select coalesce(json_agg(json_build_array(turn, n, effect_id, line_id) order by effect_id), '[]')
  into effects_made
  from new_effects where holder = me;

  insert into set_aside (channel, event_id, type, at, why, sealed)
  select channel, event_id, type, at, why, decode(sealed, 'base64')
  from json_to_recordset(rest->'aside') as x(turn int, channel text, event_id text, type text,
    at bigint, why text, sealed text)
  where turn = any (won) order by turn;

  insert into secrets (ref, conversation_id, sealed)
  select ref, conversation_id, decode(sealed, 'base64')
  from json_to_recordset(rest->'secrets') as x(turn int, conversation_id text, ref text, sealed text)
  where turn = any (won) and sealed is not null order by ref
  on conflict (ref) do update set sealed = excluded.sealed;

  delete from secrets s
  using json_to_recordset(rest->'secrets') as x(turn int, conversation_id text, ref text, sealed text)
  where s.ref = x.ref and s.conversation_id = x.conversation_id and x.sealed is null
    and x.turn = any (won);

  delete from blobs b
  using json_to_recordset(rest->'dropped') as x(turn int, conversation_id text, blob_id text)
  where b.blob_id = x.blob_id and b.conversation_id = x.conversation_id and x.turn = any (won);

  -- A timer that is moved gets a new id, so that its next ringing is an event of its own.
  delete from timers t
  using json_to_recordset(rest->'timers') as x(turn int, conversation_id text, name text)
  where t.conversation_id = x.conversation_id and t.name = x.name and x.turn = any (won);
  insert into timers (conversation_id, name, due_at)
  select conversation_id, name, due_at
  from json_to_recordset(rest->'timers') as x(turn int, conversation_id text, name text, due_at bigint)
  where turn = any (won) and due_at is not null order by turn;

  for one in
    select * from json_to_recordset(rest->'cases') as x(turn int, n int, case_id text, revision int,
      status text, reason text, note text, decided_by text, at bigint, draft text, serial text,
      submitted_at bigint, target bigint, answer_by bigint, pictures json)
    where turn = any (won) order by turn, n
  loop
    update cases set revision = one.revision, status = one.status, reason = one.reason,
      note = one.note, decided_by = coalesce(one.decided_by, decided_by), updated_at = one.at
    where case_id = one.case_id and revision < one.revision;
    continue when not found;
    insert into case_steps (case_id, revision, status, at)
    values (one.case_id, one.revision, one.status, one.at);
    continue when one.draft is null;
    -- A serial that another open case holds stays out of the column that arbitrates: that would
    -- undo the whole commit. The draft names it, and the agent sees both cases.
    update cases set draft = one.draft, submitted_at = one.submitted_at, target = one.target,
      answer_by = one.answer_by,
      serial = case when exists (select from cases other where other.serial = one.serial
        and other.case_id <> one.case_id and other.${IS_OPEN}) then serial else one.serial end
    where case_id = one.case_id;
    perform write_pictures_1(one.case_id, one.pictures);
  end loop;

  return json_build_object('lost', lost, 'duplicate', duplicate, 'effects', effects_made);
end
$body$;
`;
