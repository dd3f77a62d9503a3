-- Answers of hubs to commands from outside: whichever replica hears one, the one that asked finds it here. Kept for a day.
create table outside_reply (
  id text primary key,
  branch bigint not null,
  reply text not null,
  heard_at bigint not null
);
create index outside_reply_heard on outside_reply(heard_at);
