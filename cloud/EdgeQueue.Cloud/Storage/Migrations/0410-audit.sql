-- Who did what, when, from where. Rows are only added: the database itself refuses to change or delete one.
-- No name and no phone number of a customer is ever in it.
create table audit (
  id IDENTITY_KEY,
  at bigint not null,
  -- 0: nobody was signed in.
  account bigint not null,
  -- Of a program with an API key; 0: none.
  api_key bigint not null,
  -- The client's address; 'server' for a command on the server.
  address text not null,
  what text not null,
  subject text not null
);
create index audit_at on audit(at);
create index audit_account on audit(account, at);
create index audit_what on audit(what, at);
-- only sqlite
create trigger audit_stays before update on audit begin select raise(abort, 'the audit trail is only added to'); end;
create trigger audit_is_kept before delete on audit begin select raise(abort, 'the audit trail is only added to'); end;
-- end
-- only postgresql
create function audit_refuse() returns trigger language plpgsql as $$ begin raise exception 'the audit trail is only added to'; end $$;
create trigger audit_stays before update or delete on audit for each row execute function audit_refuse();
create trigger audit_is_kept before truncate on audit for each statement execute function audit_refuse();
-- end
