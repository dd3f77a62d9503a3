-- Tickets that people take, or are written about, from outside the branch. A row is there before the branch is asked: its press is the command's identity,
-- so whoever is restarted asks again for the same ticket and never for a second one. No phone number: that is a row of person.
create table join_ticket (
  id IDENTITY_KEY,
  press text not null unique,
  branch bigint not null references branch(id),
  service text not null,
  language text not null,
  -- sms, web, booking
  channel text not null,
  -- Whom messages go to; null: nobody, or erased.
  person bigint references person(id) on delete set null,
  -- SHA-256 of the browser's session; '': none.
  session text not null,
  -- asking, unsure (nobody knows), open, leaving, refused, over
  state text not null,
  -- Why it was refused: the code that the branch said.
  reason text not null,
  -- -1: not known yet.
  visit bigint not null,
  label text not null,
  -- Until when the branch may take it; the same for ever, so that asking later only finds out.
  wanted_until bigint not null,
  -- 1: the branch may have heard of it.
  asked bigint not null,
  -- The command by which it is given up; ''.
  leave_press text not null,
  -- Where it is called to, and when by the branch's clock; ''.
  counter text not null,
  called_at bigint not null,
  -- 1: it was said that the turn is near.
  near bigint not null,
  next_at bigint not null,
  made_at bigint not null,
  changed_at bigint not null
);
create index join_ticket_due on join_ticket(state, next_at);
create index join_ticket_visit on join_ticket(branch, visit);
create index join_ticket_session on join_ticket(session);
create index join_ticket_person on join_ticket(person);
