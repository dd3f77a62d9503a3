-- Keys of programs. The key itself is shown once and is not here: only its SHA-256.
create table api_key (
  id IDENTITY_KEY,
  title text not null,
  secret_hash text not null unique,
  -- Words with spaces between, see Api/Scopes.
  scopes text not null,
  -- '': all branches; else those of this region.
  region text not null,
  made_by bigint not null references account(id),
  made_at bigint not null,
  -- 0: never.
  used_at bigint not null,
  disabled bigint not null
);
