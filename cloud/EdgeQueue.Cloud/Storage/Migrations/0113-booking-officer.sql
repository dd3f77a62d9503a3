-- Time of an officer that somebody has, or had. Its key is what makes two people never get one officer's slot; slots of several services that overlap are looked at under a lock.
create table booking_officer_place (
  branch bigint not null references branch(id),
  officer text not null,
  starts_at bigint not null,
  -- 1 … as many as the officer sees at once.
  place bigint not null,
  -- The slot's end and what is kept free after it.
  busy_until bigint not null,
  -- Until then nobody else gets it, as of booking_place.
  until bigint not null,
  primary key (branch, officer, starts_at, place)
);
create index booking_officer_place_starts on booking_officer_place(starts_at);
-- Whose slot it is; '': the service has no officers.
alter table booking add column officer text not null default '';
alter table booking add column officer_place bigint not null default 0;
-- 1: the customer or an operator wants this one; 0: anybody would do.
alter table booking add column officer_chosen bigint not null default 0;
create index booking_day on booking(branch, starts_at);
