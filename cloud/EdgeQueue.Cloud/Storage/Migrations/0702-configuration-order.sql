-- Which of two reports of a hub is the later: the journal that it had, and its number there ('' and 0: a hub that says none).
alter table configuration_state add column held_journal text not null default '';
alter table configuration_state add column held_number bigint not null default 0;
