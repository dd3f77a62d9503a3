-- A branch that has reported or was entered by head office. Rooms refer to it by its id, which never changes.
create table branch (
  id IDENTITY_KEY,
  name text not null unique,
  -- What head office calls it; '' until somebody says so: then its name is shown.
  title text not null default '',
  region text not null default '',
  created_at bigint not null
);
