-- How often signing in failed, by the client's address (of IPv6 its first half), the quarter of an hour and what it was about: the first of them is a line of the audit trail, the others are counted here.
create table sign_in_failure (
  address text not null,
  -- Number of quarters of an hour since 1970, UTC.
  quarter bigint not null,
  -- As in the line: an account, or no such.
  subject text not null,
  failures bigint not null,
  -- The line.
  audit bigint not null,
  primary key (address, quarter, subject)
);
create index sign_in_failure_audit on sign_in_failure(audit);
