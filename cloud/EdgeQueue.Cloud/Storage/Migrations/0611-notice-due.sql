-- Each channel is emptied by itself: what is due of one is not looked for among what waits for the others, hooks that do not answer above all.
drop index notice_due;
create index notice_due on notice(channel, state, next_at);
create index notice_sending on notice(next_at) where state = 'sending';
