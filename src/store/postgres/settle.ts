/**
 * SQL: writes down how attempts ended, as `sqlite/settle.ts` does. What another process has taken
 * meanwhile is that one's: the late word of a process that was paused changes nothing.
 */
export const SETTLE = `
create function settle_1(settlements json, me text) returns void language plpgsql as $body$
declare
  one record;
  failed record;
  closed bigint[] := '{}';
begin
  -- Nearly all are done: those of a batch share one statement, whatever their number.
  with finished as materialized (
    select e.effect_id, e.line_id, s."toldIn" as told_in,
      case when s.ended in ('done', 'passedOn') then 'sent' else s.ended end as delivery
    from json_to_recordset(settlements) as s(effect_id bigint, ended text, "toldIn" text)
    join effects e using (effect_id)
    where s.ended in ('done', 'cancelled', 'expired', 'passedOn') and coalesce(e.holder, me) = me
    order by e.effect_id for update of e
  ), marked as (
    update lines l set delivery = f.delivery, told_in = f.told_in from finished f where l.id = f.line_id
  )
  delete from effects e using finished f where e.effect_id = f.effect_id;

  for one in
    select * from json_to_recordset(settlements)
      as s(effect_id bigint, ended text, at bigint, why text, deferred boolean)
    where s.ended not in ('done', 'cancelled', 'expired', 'passedOn')
  loop
    if one.ended = 'retry' then
      update effects set due_at = one.at, attempts = attempts + 1, why = one.why,
        attempted_at = null, holder = null, lane = case when one.deferred then null else lane end
      where effect_id = one.effect_id and state = 'due' and coalesce(holder, me) = me;
      continue;
    end if;
    update effects set state = case when one.ended = 'unreachable' and push = 1 then 'due'
        when one.ended = 'ambiguous' then 'ambiguous' else 'dead' end,
      why = one.why, attempts = attempts + 1, holder = null
    where effect_id = one.effect_id and state = 'due' and coalesce(holder, me) = me
    returning line_id, conversation, state into failed;
    continue when not found;
    if failed.state <> 'due' then
      update lines set delivery = 'failed' where id = failed.line_id;
    end if;
    continue when one.ended <> 'unreachable';
    -- A new version: a turn that was decided before this has to be decided again.
    update conversations set unreachable = one.why, version = version + 1
    where id = failed.conversation;
    closed := closed || failed.conversation;
  end loop;

  with waiting as (
    update effects set state = 'dead', why = 'the address takes nothing', holder = null
    where conversation = any (closed) and state = 'due' and kind = 'send'
      and push = 0
    returning line_id
  )
  update lines l set delivery = 'failed' from waiting w where l.id = w.line_id;
end
$body$;
`;
