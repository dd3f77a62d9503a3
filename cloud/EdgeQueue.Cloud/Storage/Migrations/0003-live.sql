-- How each branch is just now; the latest wins. data is the message as it came (LiveMessage), the columns are what lists need.
create table live (
  branch bigint primary key references branch(id),
  journal text not null,
  online bigint not null,
  beat bigint not null,
  at bigint not null,
  received_at bigint not null,
  waiting bigint not null,
  over_target bigint not null,
  -- In branch time, as at; -1: nobody waits.
  oldest_since bigint not null,
  counters_open bigint not null,
  missing bigint not null,
  faults bigint not null,
  version text not null,
  title text not null,
  data text not null
);
-- only postgresql
alter table live set (fillfactor = 50);
-- end
