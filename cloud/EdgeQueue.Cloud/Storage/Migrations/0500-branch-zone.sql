-- What reports and alerts need of a branch's live message: its time zone (IANA name; '' while its hub has not said it) and the codes of its faults, with commas.
alter table live add column zone text not null default '';
alter table live add column codes text not null default '';
