-- The one table with what people tell about themselves: nothing else holds a name or a phone number.
create table person (
  id IDENTITY_KEY,
  -- Why it is kept: 'booking', or 'stop' (this number wants no SMS; its name is empty).
  purpose text not null,
  name text not null,
  -- Digits in international form, without '+'.
  phone text not null,
  created_at bigint not null,
  -- Deleted then, whatever else happens.
  expires_at bigint not null
);
create index person_phone on person(phone);
create index person_expires on person(expires_at);
