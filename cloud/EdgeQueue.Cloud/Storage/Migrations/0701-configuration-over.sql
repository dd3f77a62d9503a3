-- SHA-256 of what the branch was known to run when this was uploaded; '': nothing was known.
alter table configuration add column over_sha256 text not null default '';
