-- What branches are to have as their configuration: each upload is a version, and its revision is its number.
create table configuration (
  branch bigint not null references branch(id),
  revision bigint not null,
  sha256 text not null,
  -- As it was uploaded, with the hashes of PINs.
  document bytea not null,
  -- What is different from the one before, for those who look.
  summary text not null,
  -- Who: an account, or a program's key; 0: not.
  account bigint not null,
  api_key bigint not null,
  uploaded_at bigint not null,
  -- When its hub said that it is in force; 0: not yet.
  applied_at bigint not null,
  primary key (branch, revision)
);
create table configuration_state (
  branch bigint primary key references branch(id),
  -- Revision of the last upload; 0: none.
  wanted bigint not null,
  -- What the hub said last: in force, its hash, the file itself (empty: it did not say), and when. 0 and '': it has not said.
  held bigint not null,
  held_sha256 text not null,
  held_document bytea not null,
  held_at bigint not null,
  -- What it did not take, and why, in JSON; 0 and '': nothing.
  rejected bigint not null,
  faults text not null,
  -- Not told before.
  next_at bigint not null
);
create index configuration_due on configuration_state(next_at) where wanted > held and wanted <> rejected;
