-- Who may see and change what in the cloud. An account is disabled and never deleted: the audit trail names it by its id.
create table account (
  id IDENTITY_KEY,
  -- What is typed to sign in, in small letters.
  name text not null unique,
  -- head-office, region, branch-manager, auditor
  role text not null,
  -- See Accounts/Passwords; '': none yet, only a link to choose one.
  password text not null,
  disabled bigint not null,
  made_at bigint not null,
  -- 0: never.
  signed_in_at bigint not null
);
-- What an account of the roles region and branch-manager sees: the branches of these regions, and these branches.
create table account_region (
  account bigint not null references account(id),
  region text not null,
  primary key (account, region)
);
create table account_branch (
  account bigint not null references account(id),
  branch bigint not null references branch(id),
  primary key (account, branch)
);
create index branch_region on branch(region);
-- Who is signed in. The cookie holds a secret of 256 bits; this is its SHA-256.
create table session (
  token_hash text primary key,
  account bigint not null references account(id),
  made_at bigint not null,
  seen_at bigint not null
);
create index session_account on session(account);
create index session_made on session(made_at);
-- Links by which somebody chooses a password, once. SHA-256 of the link's secret.
create table password_link (
  secret_hash text primary key,
  account bigint not null references account(id),
  ends_at bigint not null
);
-- Tries to sign in that failed, or are being looked at, by what they are counted for (see Accounts/SignInThrottle).
create table sign_in_try (
  subject text primary key,
  failures bigint not null,
  last_at bigint not null,
  next_at bigint not null
);
create index sign_in_try_last on sign_in_try(last_at);
-- Addresses that an account has signed in from: a stranger's guesses do not keep its owner out there.
create table account_address (
  account bigint not null references account(id),
  address text not null,
  last_at bigint not null,
  primary key (account, address)
);
