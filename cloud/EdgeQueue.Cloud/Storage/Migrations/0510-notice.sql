-- What goes to the mailboxes and web hooks of head office. A row is the intent, there before anything leaves; its key is why it goes once.
create table notice (
  id IDENTITY_KEY,
  -- report:3:2026-11-16, alert:17:4 …
  key text not null unique,
  -- mail or hook
  channel text not null,
  target text not null,
  subject text not null,
  -- The text of a mail, the JSON of a hook; '' when it has left.
  body text not null,
  file_name text not null,
  file bytea not null,
  -- waiting, sending, sent, failed, uncertain, dropped
  state text not null,
  -- Why, for those who look.
  fault text not null,
  tries bigint not null,
  -- waiting: not before; sending: if nothing is known by then it is uncertain.
  next_at bigint not null,
  until bigint not null,
  -- 1: it waits for the end of somebody's quiet hours.
  quiet bigint not null,
  made_at bigint not null,
  changed_at bigint not null
);
create index notice_due on notice(state, next_at);
