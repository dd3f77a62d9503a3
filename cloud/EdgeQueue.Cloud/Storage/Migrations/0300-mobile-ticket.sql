-- Tickets of branches that allow mobile tickets, for people who open the link on theirs.
create table mobile_ticket (
  -- SHA-256 of the link's secret.
  secret_hash text primary key,
  branch bigint not null references branch(id),
  visit bigint not null,
  label text not null,
  service text not null,
  language text not null,
  -- '' until it is over; then how, as the branch said: Finished, NoShow, Cancelled, Cleared.
  ended text not null,
  -- By the cloud's clock.
  came_at bigint not null,
  unique (branch, visit)
);
create index mobile_ticket_came on mobile_ticket(came_at);
-- What people said afterwards: one answer a ticket.
create table survey_answer (
  secret_hash text primary key,
  branch bigint not null references branch(id),
  service text not null,
  -- 1 (bad) to 5 (good).
  score bigint not null,
  comment text not null,
  at bigint not null
);
create index survey_answer_of on survey_answer(branch, at);
