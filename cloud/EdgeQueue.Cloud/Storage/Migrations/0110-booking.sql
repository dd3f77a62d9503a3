-- What a branch offers for booking: its calendars, as a JSON document.
create table booking_offer (
  branch bigint primary key references branch(id),
  revision bigint not null,
  document text not null,
  -- Its names in lower case, for the search.
  words text not null
);
-- How often the bookings of a branch have changed. Taken last in a transaction, so that its order is the order of commits.
create table booking_version (
  branch bigint primary key references branch(id),
  version bigint not null
);
-- A place in a slot that somebody has, or had. Its key is what makes two people never get one place.
create table booking_place (
  branch bigint not null references branch(id),
  service text not null,
  starts_at bigint not null,
  -- 1 … as many as the slot has.
  place bigint not null,
  -- Until then nobody else gets it: a held one for minutes, a booked one for ever, a freed one until it appears again.
  until bigint not null,
  primary key (branch, service, starts_at, place)
);
create index booking_place_starts on booking_place(starts_at);
create table booking (
  id IDENTITY_KEY,
  branch bigint not null references branch(id),
  -- What people type at the dispenser.
  number text not null,
  service text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  place bigint not null,
  -- held (somebody types), booked, cancelled, arrived, missed
  state text not null,
  -- Held: until when.
  held_until bigint not null,
  -- Who; nobody when it was erased.
  person bigint references person(id) on delete set null,
  language text not null,
  -- SHA-256 of the secret in the link, and of what the QR code holds: neither can be made from these.
  link_hash text not null unique,
  token_hash text not null,
  -- Under the key of the branch; '': it has none.
  phone_hash text not null,
  -- How often it was moved, for calendars.
  moves bigint not null,
  -- Of booking_version when it changed last; 0: the branch was never told.
  version bigint not null,
  made_at bigint not null,
  changed_at bigint not null,
  unique (branch, number)
);
create index booking_version_of on booking(branch, version);
create index booking_person on booking(person);
create index booking_starts on booking(starts_at);
