-- Mails to customers are of the channel 'person': to whom is a row of the one table with addresses, their target is ''. Nobody when it was erased: then nothing is sent.
alter table notice add column person bigint references person(id) on delete set null;
create index notice_person on notice(person, changed_at);
