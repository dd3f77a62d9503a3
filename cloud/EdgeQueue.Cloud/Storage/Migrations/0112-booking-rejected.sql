-- Why a hub could not take a booking, in its own words: its customer must hear of it. '': it did.
alter table booking add column rejected text not null default '';
create index booking_rejected on booking(rejected, branch);
