-- What a program asked by, so that the same again is the same roll-out, also after its end: HMAC of its key and its Idempotency-Key; '': a person.
alter table rollout add column asked text not null default '';
create unique index rollout_asked on rollout(asked) where asked <> '';
