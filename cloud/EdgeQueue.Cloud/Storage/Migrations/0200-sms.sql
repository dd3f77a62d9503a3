-- What goes to people's phones. A row is the intent, there before anything leaves; its key is why a person gets one message for one purpose.
create table sms (
  id IDENTITY_KEY,
  -- confirmation, reminder, reply …
  purpose text not null,
  -- What it is about, booking:17 for instance.
  subject text not null,
  -- To whom; nobody when it was erased: then nothing is sent.
  person bigint references person(id) on delete set null,
  language text not null,
  -- '' when it is put together as it is sent, and again when it has left: it may hold a secret link.
  text text not null,
  -- IANA name, for quiet hours.
  zone text not null,
  -- 1: also in quiet hours, the person waits for it.
  urgent bigint not null,
  -- waiting, sending, sent, delivered, failed, uncertain, dropped
  state text not null,
  -- Why, for those who look.
  fault text not null,
  tries bigint not null,
  -- waiting: not before; sending: if nothing is known by then it is uncertain.
  next_at bigint not null,
  -- Afterwards it is of no use any more.
  until bigint not null,
  parts bigint not null,
  -- In thousandths of the setting's currency.
  cost bigint not null,
  -- Names it in delivery reports; nobody can guess it.
  report text not null unique,
  made_at bigint not null,
  changed_at bigint not null,
  -- yyyy-MM of the day it left; '' before.
  month text not null,
  unique (purpose, subject)
);
create index sms_due on sms(state, next_at);
create index sms_month on sms(month);
create index sms_person on sms(person, changed_at);
-- What came from phones: its id once, so that a gateway may tell it again. Neither number nor text.
create table sms_inbound (
  id text primary key,
  word text not null,
  at bigint not null
);
