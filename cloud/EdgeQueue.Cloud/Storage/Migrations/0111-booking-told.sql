-- What a branch has been told of its bookings: one row for each that has ever said what it holds, or has bookings.
create table booking_told (
  branch bigint primary key references branch(id),
  -- The version that its hub says it holds; -1: it needs the whole set.
  held bigint not null,
  -- Not before then is it told again, unless it says something.
  next_at bigint not null
);
