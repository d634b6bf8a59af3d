/**
 * What brings an older database up to date, in order. The position (from 1) is the version that
 * SQLite's `user_version` names. A migration that was released is never changed: add another.
 */
export const MIGRATIONS: readonly { name: string; sql: string }[] = [
  {
    name: 'first tables',
    sql: `
      create table meta (name text primary key, value text not null) without rowid;

      create table accounts (
        account_id text primary key,
        verified integer not null
      ) without rowid;

      create table conversations (
        id integer primary key,
        conversation_id text not null unique,
        channel text not null,
        chat_id text not null,
        account_id text not null references accounts (account_id),
        version integer not null,
        updated_at integer not null,
        language text not null,
        owner_who text not null,
        owner_agent_id text,
        owner_agent_name text,
        owner_epoch integer not null,
        last_text text,
        unreachable text,
        state text not null,
        unique (channel, chat_id)
      );
      create index conversations_newest on conversations (updated_at);

      -- Tables that every turn writes refer to their conversation by number: a quarter of the size.
      create table lines (
        id integer primary key,
        conversation integer not null references conversations (id),
        at integer not null,
        author text not null,
        agent_name text,
        language text not null,
        shown text not null,
        reply text,
        blob_ids text,
        secret_ref text,
        delivery text not null
      );
      create index lines_of on lines (conversation, id);

      -- Ids of effects and timers go into the ids of the events that follow from them, and those are
      -- seen once: an id must never come back, which autoincrement alone promises.
      create table effects (
        effect_id integer primary key autoincrement,
        conversation integer not null references conversations (id),
        kind text not null,
        push integer not null,
        by_agent integer not null,
        state text not null,
        lane text,
        created_at integer not null,
        due_at integer not null,
        expires_at integer,
        attempts integer not null,
        repeat text not null,
        attempted_at integer,
        epoch integer not null,
        line_id integer references lines (id),
        payload text,
        why text
      );
      -- Most effects are gone with the next commit: no index holds them until then.
      create index effects_retried on effects (conversation, lane)
        where state = 'due' and attempts > 0;

      create table timers (
        timer_id integer primary key autoincrement,
        conversation_id text not null references conversations (conversation_id),
        name text not null,
        due_at integer not null,
        unique (conversation_id, name)
      );
      create index timers_due on timers (due_at);

      create table cases (
        id integer primary key,
        case_id text not null unique,
        number text not null unique,
        conversation_id text not null references conversations (conversation_id),
        account_id text not null references accounts (account_id),
        form_id text not null,
        serial text not null,
        status text not null,
        reason text,
        note text,
        decided_by text,
        revision integer not null,
        submitted_at integer not null,
        updated_at integer not null,
        target integer not null,
        answer_by integer not null,
        draft text not null
      );
      create unique index cases_open_serial on cases (serial)
        where status in ('submitted', 'inReview', 'needsInfo');
      create index cases_of on cases (account_id, submitted_at);
      create index cases_soonest on cases (target)
        where status in ('submitted', 'inReview', 'needsInfo');
      create index cases_newest on cases (updated_at)
        where not (status in ('submitted', 'inReview', 'needsInfo'));

      create table secrets (
        ref text primary key,
        conversation_id text not null references conversations (conversation_id),
        sealed blob not null
      );

      create table blobs (
        blob_id text primary key,
        mime text not null,
        created_at integer not null,
        conversation_id text references conversations (conversation_id),
        sealed blob not null
      );
      create index blobs_loose on blobs (created_at) where conversation_id is null;

      create table seen (
        channel text not null,
        event_id text not null,
        at integer not null,
        primary key (channel, event_id)
      ) without rowid;
      create index seen_oldest on seen (at);

      create table attempts (
        channel text not null,
        event_id text not null,
        at integer not null,
        count integer not null,
        primary key (channel, event_id)
      ) without rowid;

      create table set_aside (
        id integer primary key,
        channel text not null,
        event_id text not null,
        type text not null,
        at integer not null,
        why text not null,
        sealed blob not null
      );

      create table agents (
        agent_id text primary key,
        name text not null,
        login text not null unique,
        password_hash text not null,
        role text not null
      );

      create table sessions (
        token_hash text primary key,
        agent_id text not null references agents (agent_id),
        expires_at integer not null,
        csrf text not null
      ) without rowid;

      create table audit (
        id integer primary key,
        at integer not null,
        actor text not null,
        action text not null,
        subject text not null,
        detail text
      );
    `,
  },
  {
    name: 'steps of cases, and browsers that take notifications',
    sql: `
      create table case_steps (
        case_id text not null references cases (case_id),
        revision integer not null,
        status text not null,
        at integer not null,
        primary key (case_id, revision)
      ) without rowid;
      insert into case_steps select case_id, 1, 'submitted', submitted_at from cases;
      insert into case_steps
        select case_id, revision, status, updated_at from cases where revision > 1;

      create table push_subscriptions (
        endpoint_hash text primary key,
        conversation_id text not null references conversations (conversation_id),
        saved_at integer not null,
        sealed blob not null
      ) without rowid;
      create index push_subscriptions_of on push_subscriptions (conversation_id);
    `,
  },
  {
    name: 'masked copies of photos, and what cases have in common',
    sql: `
      create table masked_blobs (
        blob_id text primary key references blobs (blob_id) on delete cascade,
        mime text not null,
        sealed blob not null
      );

      create index cases_serial on cases (serial);
      create table case_pictures (
        id integer primary key,
        case_id text not null references cases (case_id),
        blob_id text not null,
        fingerprint text not null
      );
      create index case_pictures_of on case_pictures (case_id);
      create table case_picture_parts (
        part integer not null,
        picture integer not null references case_pictures (id) on delete cascade,
        primary key (part, picture)
      ) without rowid;
      create index case_picture_parts_of on case_picture_parts (picture);
    `,
  },
  {
    name: 'messages that a later line takes the place of',
    sql: `
      create table shown_messages (
        conversation_id text not null references conversations (conversation_id),
        progress text not null,
        message_id text not null,
        at integer not null,
        primary key (conversation_id, progress)
      ) without rowid;
      create index shown_messages_oldest on shown_messages (at);
    `,
  },
  {
    name: 'links by which files are sent',
    sql: `
      create table upload_links (
        token_hash text primary key,
        channel text not null,
        chat_id text not null,
        expires_at integer not null,
        used_at integer
      ) without rowid;
      create index upload_links_oldest on upload_links (expires_at);
    `,
  },
  {
    name: 'which way a line went',
    sql: 'alter table lines add column way text;',
  },
  {
    name: 'where platforms are reached, and links to their files',
    sql: `
      create table channel_addresses (
        channel text not null,
        chat_id text not null,
        sealed blob not null,
        primary key (channel, chat_id)
      ) without rowid;
      create table file_links (
        ref text primary key,
        at integer not null,
        sealed blob not null
      ) without rowid;
      create index file_links_oldest on file_links (at);
    `,
  },
  {
    name: 'codes by which scanners send what they see',
    sql: `
      create table pairings (
        code_hash text primary key,
        conversation_id text not null references conversations (conversation_id),
        form_id text not null,
        expires_at integer not null,
        scan_id text
      ) without rowid;
      create index pairings_of on pairings (conversation_id);
      create index pairings_oldest on pairings (expires_at);
    `,
  },
  {
    name: 'the last tick of each task',
    sql: 'create table ticks (name text primary key, at integer not null) without rowid',
  },
  {
    name: 'conversations that share an account',
    sql: `
      alter table conversations add column preferred_at integer;
      create index conversations_of on conversations (account_id);
      alter table lines add column told_in text;

      create table link_codes (
        mark text primary key,
        conversation_id text not null references conversations (conversation_id),
        created_at integer not null,
        expires_at integer not null
      ) without rowid;
      create index link_codes_of on link_codes (conversation_id);
    `,
  },
  {
    name: 'notices for agents and operators',
    sql: `
      create table notices (
        id integer primary key,
        key text not null unique,
        kind text not null,
        at integer not null,
        case_id text references cases (case_id),
        data text not null
      );
      create index notices_newest on notices (at);
      create index blobs_of on blobs (conversation_id);
      create index secrets_of on secrets (conversation_id);
    `,
  },
  {
    name: 'the inbox: notes, what was seen, duty, invitations, ratings',
    sql: `
      create table notes (
        id integer primary key,
        note_id text not null unique,
        conversation_id text not null references conversations (conversation_id),
        at integer not null,
        agent_id text not null references agents (agent_id),
        text text not null
      );
      create index notes_of on notes (conversation_id);
      create table seen_lines (
        agent_id text not null references agents (agent_id),
        conversation integer not null references conversations (id),
        line_id integer not null,
        primary key (agent_id, conversation)
      ) without rowid;
      create table off_duty (agent_id text primary key references agents (agent_id)) without rowid;
      create table invites (
        token_hash text primary key,
        role text not null,
        invited_by text not null references agents (agent_id),
        expires_at integer not null
      ) without rowid;
      create table ratings (
        case_id text primary key references cases (case_id),
        score integer not null,
        at integer not null
      ) without rowid;
      create index conversations_with_a_human on conversations (owner_who)
        where owner_who <> 'bot';
      create index cases_of_conversation on cases (conversation_id);
      create index cases_sent on cases (submitted_at);
    `,
  },
  {
    name: 'companies that want to be verified',
    sql: `
      create table verifications (
        verification_id text primary key,
        conversation_id text not null references conversations (conversation_id),
        status text not null,
        submitted_at integer not null,
        decided_at integer,
        decided_by text,
        reason text,
        sealed blob not null
      ) without rowid;
      create index verifications_of on verifications (conversation_id, status);
      create index verifications_waiting on verifications (submitted_at) where status = 'waiting';
    `,
  },
  {
    name: 'tokens of programs that operators run',
    sql: `
      create table api_tokens (
        token_hash text primary key,
        name text not null unique,
        scopes text not null,
        created_at integer not null,
        created_by text not null,
        expires_at integer
      ) without rowid;
      create index cases_in_order on cases (submitted_at, case_id);
    `,
  },
  {
    name: 'what platforms call people',
    sql: `
      create table person_names (name_id text primary key, sealed blob not null) without rowid;
    `,
  },
  {
    name: "the agents' Telegram group",
    sql: `
      create table forum_topics (
        conversation_id text primary key references conversations (conversation_id),
        thread_id integer unique,
        line_id integer not null,
        doomed integer not null,
        unfinished integer not null,
        state text not null
      ) without rowid;
      create index forum_topics_unfinished on forum_topics (conversation_id)
  where doomed + unfinished > 0;

      create table forum_updates (
        id integer primary key,
        update_id text not null unique,
        at integer not null,
        due_at integer not null,
        attempts integer not null,
        done_at integer,
        sealed blob not null
      );
      create index forum_updates_waiting on forum_updates (id) where done_at is null;
      create index forum_updates_done on forum_updates (done_at);
    `,
  },
];
