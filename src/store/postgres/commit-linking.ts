/** SQL: link codes, which conversation is preferred, and where news was told. */
export const LINK_CODES = `
alter table conversations add column preferred_at bigint;
create index conversations_of on conversations (account_id);
alter table lines add column told_in text;

create table link_codes (
  mark text primary key,
  conversation_id text not null references conversations (conversation_id),
  created_at bigint not null,
  expires_at bigint not null
);
create index link_codes_of on link_codes (conversation_id);
`;

/**
 * SQL: a turn that changes accounts, alone in its commit. Its turn was decided before anything was
 * locked: when a code is used up meanwhile, or one of the accounts is another one, nothing of it
 * stands and it counts as lost, to be decided again.
 *
 * Two links that cross lock each other's conversation; PostgreSQL ends one of them, which is decided
 * again. Accounts are locked in the order of their ids, before anything moves: what joins or leaves
 * an account does so one after the other. A moved conversation gets a new version, so that turns
 * decided on its former account are decided again.
 */
export const COMMIT_LINKING = `
create function join_accounts_1(account json) returns boolean language plpgsql as $body$
declare
  own text := account->>'conversation_id';
  happened bigint := account->>'at';
  offered text;
  mine text;
  theirs text;
  kept text;
  gone text;
begin
  delete from link_codes where mark = account->>'mark' and expires_at > happened
  returning conversation_id into offered;
  if not found or offered <> account->>'offered_by' then return false; end if;
  perform from accounts where account_id in (account->>'mine', account->>'theirs')
  order by account_id for update;
  select account_id into mine from conversations where conversation_id = own for update;
  select account_id into theirs from conversations where conversation_id = offered for update;
  if mine <> account->>'mine' or theirs <> account->>'theirs' then return false; end if;

  if mine <> theirs then
    select account_id into kept from conversations where account_id in (mine, theirs)
    order by id limit 1;
    gone := case kept when mine then theirs else mine end;
    update accounts set verified = (select max(verified) from accounts
      where account_id in (kept, gone)) where account_id = kept;
    update conversations set account_id = kept, version = version + 1 where account_id = gone;
    update cases set account_id = kept where account_id = gone;
    delete from accounts where account_id = gone;
    insert into audit (at, actor, action, subject, detail)
    values (happened, 'installer', 'account.link', own, offered);
  end if;
  update conversations set preferred_at = happened where conversation_id = account->>'prefer';
  return true;
end
$body$;

create function leave_account_1(account json) returns boolean language plpgsql as $body$
declare
  own text := account->>'conversation_id';
  fresh text := account->>'fresh';
begin
  perform from accounts where account_id =
    (select account_id from conversations where conversation_id = own) for update;
  insert into accounts (account_id, verified) values (fresh, 0);
  update conversations set account_id = fresh, preferred_at = null, version = version + 1
  where conversation_id = own;
  update cases set account_id = fresh where conversation_id = own;
  insert into audit (at, actor, action, subject)
  values ((account->>'at')::bigint, 'installer', 'account.unlink', own);
  return true;
end
$body$;

create function commit_linking_1(keys json, begun json, changed json, said json, to_do json,
  rest json, settlements json, me text, account json) returns json language plpgsql as $body$
declare
  written json;
  stands boolean;
begin
  written := commit_turns_1(keys, begun, changed, said, to_do, rest, settlements, me);
  if json_array_length(written->'lost') + json_array_length(written->'duplicate') > 0 then
    return written;
  end if;
  if account->>'mark' is null then stands := leave_account_1(account);
  else stands := join_accounts_1(account);
  end if;
  if not stands then raise exception 'decided on what is not so any more' using errcode = 'UB001'; end if;
  return written;
exception when sqlstate 'UB001' then
  return json_build_object('lost', json_build_array(0), 'duplicate', json_build_array(),
    'effects', json_build_array());
end
$body$;
`;
