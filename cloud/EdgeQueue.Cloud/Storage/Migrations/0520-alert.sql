-- When something in a branch is too bad for too long: raised above a value for some seconds, cleared below another for some seconds.
create table alert_rule (
  id IDENTITY_KEY,
  name text not null,
  -- See Alerts/AlertKind.
  kind text not null,
  -- As in reports: '' all, region:NAME, branch:NAME.
  scope text not null,
  -- Seconds where it is a time, else a number.
  raise_above bigint not null,
  raise_seconds bigint not null,
  clear_below bigint not null,
  clear_seconds bigint not null,
  -- 1: it watches no more; what it raised stays in the record.
  removed bigint not null
);
-- Who is told when a rule raises an alert.
create table alert_recipient (
  id IDENTITY_KEY,
  rule bigint not null references alert_rule(id),
  -- mail, hook or sms
  channel text not null,
  -- An address; '' for sms: the number is the person's.
  target text not null,
  person bigint references person(id) on delete set null,
  -- 21:00-07:00 in the zone; '' none.
  quiet text not null,
  zone text not null,
  removed bigint not null
);
create index alert_recipient_rule on alert_recipient(rule);
create table alert (
  id IDENTITY_KEY,
  rule bigint not null references alert_rule(id),
  branch bigint not null references branch(id),
  -- RULE:BRANCH while it is open: two can never be; then its own id.
  open_key text not null unique,
  raised_at bigint not null,
  -- 0: it is open.
  cleared_at bigint not null,
  value bigint not null,
  worst bigint not null,
  -- 0: nobody has.
  acknowledged_at bigint not null,
  acknowledged_by text not null
);
create index alert_cleared on alert(cleared_at);
-- Which replica watches; the others wait until it is silent.
create table alert_watch (
  id bigint primary key,
  holder text not null,
  until bigint not null
);
