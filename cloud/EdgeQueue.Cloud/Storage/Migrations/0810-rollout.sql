-- Roll-outs of system images.
create table rollout (
  id IDENTITY_KEY,
  title text not null,
  -- What is wanted, and in which rings, as Rollout reads it.
  bundles text not null,
  stages text not null,
  -- More failed branches than this stop it.
  most_failures bigint not null,
  -- Between two stages, after the last branch of the earlier one has ended.
  pause_ms bigint not null,
  -- running, paused, stopped, ended (by somebody) or done; and why.
  state text not null,
  reason text not null,
  stage bigint not null,
  -- When all branches up to this stage had ended; 0: they have not.
  stage_ended_at bigint not null,
  account bigint not null,
  -- Also the number of the wish that hubs are told, so a later one takes the place of an earlier one.
  made_at bigint not null
);
create unique index rollout_made_at on rollout(made_at);
create table rollout_branch (
  rollout bigint not null references rollout(id),
  branch bigint not null references branch(id),
  stage bigint not null,
  -- '', done or failed, as its hub says.
  outcome text not null,
  devices bigint not null,
  done bigint not null,
  -- What it waits for or why it stopped, in words.
  said text not null,
  -- 0: nothing was sent to its hub.
  told_at bigint not null,
  -- 0: its hub has not answered.
  said_at bigint not null,
  -- Whether its hub was last heard to be paused.
  paused bigint not null,
  -- Not told before.
  next_at bigint not null,
  primary key (rollout, branch)
);
create index rollout_branch_later on rollout_branch(branch, rollout);
create index rollout_branch_due on rollout_branch(rollout, outcome, next_at);
