-- An operator finds a booking by the number alone.
create index booking_number on booking(number);
