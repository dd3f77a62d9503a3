-- Reports that are sent by themselves when their period has ended.
create table report_schedule (
  id IDENTITY_KEY,
  name text not null,
  -- As in reports: '' all, region:NAME, branch:NAME.
  scope text not null,
  -- day, week or month
  period text not null,
  -- Hour of head office's day from which it is sent, 0 … 23.
  hour bigint not null,
  -- mail or hook
  channel text not null,
  target text not null,
  made_at bigint not null,
  removed bigint not null
);
