-- Where somebody gets mail; '': not given. A person who gave no phone number has '' as phone.
alter table person add column mail text not null default '';
create index person_mail on person(lower(mail));
