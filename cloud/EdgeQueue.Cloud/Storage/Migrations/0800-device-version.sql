-- Which versions run where, as the hubs say it in their live messages. unit '' is the hub itself.
create table device_version (
  branch bigint not null references branch(id),
  unit text not null,
  role text not null,
  -- Of the program, and of the device's system image; '': it has not said, or runs none of ours.
  program text not null,
  image text not null,
  primary key (branch, unit)
);
create index device_version_program on device_version(program, branch);
create index device_version_image on device_version(image, branch);
-- What was written last of a branch, so that a message that says the same writes nothing.
create table device_version_said (
  branch bigint primary key references branch(id),
  sha256 text not null,
  changed_at bigint not null
);
