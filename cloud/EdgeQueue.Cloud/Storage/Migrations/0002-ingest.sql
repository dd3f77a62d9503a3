-- How far the events of a journal are stored, and the visits of it that are not over: one row is locked, read and written for each batch.
-- A branch has a journal more whenever its journal was forked.
create table journal (
  id IDENTITY_KEY,
  branch bigint not null references branch(id),
  name text not null,
  -- Last event that is stored without a gap.
  seq bigint not null,
  -- Of that event, see AckMessage.HashOf; '' while nobody knows.
  last_hash text not null default '',
  -- See Ingest/OpenVisits.
  open_visits bytea not null,
  changed_at bigint not null,
  unique (branch, name)
);

-- The events themselves, as they came. day: days since 1970 of the wall clock of the event.
-- only postgresql
create table event (
  journal bigint not null,
  seq bigint not null,
  day bigint not null,
  at bigint not null,
  type text not null,
  data text not null,
  primary key (journal, seq, day)
) partition by range (day);
-- What is of no day that has a partition: a branch whose clock was wrong.
create table event_other partition of event default;
alter table journal set (fillfactor = 50);
-- end
-- only sqlite
create table event (
  journal bigint not null,
  seq bigint not null,
  day bigint not null,
  at bigint not null,
  type text not null,
  data text not null,
  primary key (journal, seq, day)
) without rowid;
create index event_day on event(day);
-- end

-- Events that are stored and not yet counted: of a type that this release does not know, or that cannot be read.
create table uncounted_event (
  journal bigint not null,
  seq bigint not null,
  type text not null,
  data text not null,
  primary key (journal, seq)
);

-- What happened, per quarter of an hour (number of quarters since 1970, UTC), service and counter ('' where none is concerned).
-- A column per measure, so that any range of time and branches is a sum; the last 36 are histograms of the three durations, see Ingest/Buckets.
create table quarter (
  branch bigint not null,
  quarter bigint not null,
  service text not null,
  counter text not null,
  issued bigint not null default 0,
  called bigint not null default 0,
  served bigint not null default 0,
  no_shows bigint not null default 0,
  gone bigint not null default 0,
  over_target bigint not null default 0,
  wait_ms bigint not null default 0,
  walk_ms bigint not null default 0,
  serve_ms bigint not null default 0,
  wait_0 bigint not null default 0,
  wait_1 bigint not null default 0,
  wait_2 bigint not null default 0,
  wait_3 bigint not null default 0,
  wait_4 bigint not null default 0,
  wait_5 bigint not null default 0,
  wait_6 bigint not null default 0,
  wait_7 bigint not null default 0,
  wait_8 bigint not null default 0,
  wait_9 bigint not null default 0,
  wait_10 bigint not null default 0,
  wait_11 bigint not null default 0,
  walk_0 bigint not null default 0,
  walk_1 bigint not null default 0,
  walk_2 bigint not null default 0,
  walk_3 bigint not null default 0,
  walk_4 bigint not null default 0,
  walk_5 bigint not null default 0,
  walk_6 bigint not null default 0,
  walk_7 bigint not null default 0,
  walk_8 bigint not null default 0,
  walk_9 bigint not null default 0,
  walk_10 bigint not null default 0,
  walk_11 bigint not null default 0,
  serve_0 bigint not null default 0,
  serve_1 bigint not null default 0,
  serve_2 bigint not null default 0,
  serve_3 bigint not null default 0,
  serve_4 bigint not null default 0,
  serve_5 bigint not null default 0,
  serve_6 bigint not null default 0,
  serve_7 bigint not null default 0,
  serve_8 bigint not null default 0,
  serve_9 bigint not null default 0,
  serve_10 bigint not null default 0,
  serve_11 bigint not null default 0,
  primary key (branch, quarter, service, counter)
);
create index quarter_of_all on quarter(quarter);
-- only postgresql
alter table quarter set (fillfactor = 80);
-- end
