-- The rows of quarter once more, a branch's day (of UTC, days since 1970) in one row, so that a year of 400 branches is 146,000 rows and not 42 million: see Reports/Days.
create table packed_day (
  branch bigint not null,
  day bigint not null,
  -- Null: something of this day was counted since, it is packed anew, and read from quarter until then.
  sums bytea,
  primary key (branch, day)
);
create index packed_day_open on packed_day(branch, day) where sums is null;

-- Days of a branch up to this one are packed; of those that have no row nothing is counted.
create table packed_until (
  branch bigint primary key,
  day bigint not null
);

-- What comes later than two hours marks its day, in the transaction that counts it and whoever writes it, an older release too. Nothing else costs
-- more than a comparison: a day is packed four hours after its end at the earliest. The mark waits for who packs the day, and who packs it for the mark.
-- only postgresql
create function quarter_is_late() returns trigger language plpgsql as $$
begin
  insert into packed_day(branch, day, sums) values (new.branch, new.quarter / 96, null)
  on conflict (branch, day) do update set sums = null where packed_day.sums is not null;
  return null;
end $$;
create trigger quarter_late after insert or update on quarter for each row
  when (new.quarter < date_part('epoch', now()) / 900 - 8) execute function quarter_is_late();
-- end
-- only sqlite
create trigger quarter_late_insert after insert on quarter when new.quarter < unixepoch() / 900 - 8
begin
  insert into packed_day(branch, day, sums) values (new.branch, new.quarter / 96, null)
  on conflict (branch, day) do update set sums = null where packed_day.sums is not null;
end;
create trigger quarter_late_update after update on quarter when new.quarter < unixepoch() / 900 - 8
begin
  insert into packed_day(branch, day, sums) values (new.branch, new.quarter / 96, null)
  on conflict (branch, day) do update set sums = null where packed_day.sums is not null;
end;
-- end
