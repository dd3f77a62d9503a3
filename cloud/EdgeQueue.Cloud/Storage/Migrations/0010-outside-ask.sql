-- What was asked of branches, and their answers: whichever replica hears one, the one that asked finds it here. What nobody asked for is not kept. For a day.
drop table outside_reply;
create table outside_ask (
  id text primary key,
  branch bigint not null references branch(id),
  -- '' while there is none.
  reply text not null,
  asked_at bigint not null
);
create index outside_ask_asked on outside_ask(asked_at);
