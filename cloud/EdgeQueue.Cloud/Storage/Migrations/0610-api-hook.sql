-- Web hooks of programs: where what happens is told. What waits for them are rows of notice, channel 'api'.
create table api_hook (
  id IDENTITY_KEY,
  api_key bigint not null references api_key(id),
  url text not null,
  -- Words with spaces between, see Api/Hooks/HookKinds.
  kinds text not null,
  -- What it is signed with. Unlike a key it has to be known here.
  secret text not null,
  made_at bigint not null,
  -- '': on; else why it is off.
  disabled text not null,
  -- Tries in a row that were not answered well, since when (0: none), and why the last one was not.
  failures bigint not null,
  failing_since bigint not null,
  fault text not null,
  -- Not tried before.
  next_at bigint not null,
  -- A replica is at it until then.
  busy_until bigint not null,
  -- Told well, and not told because too many waited.
  told bigint not null,
  lost bigint not null
);
create index api_hook_key on api_hook(api_key);
alter table notice add column hook bigint not null default 0;
create index notice_hook on notice(hook, state, id);
