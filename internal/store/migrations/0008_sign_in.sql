-- Rules of sign-in, locked desks, second factors, addresses of agencies, guests who wait to be let in.
ALTER TABLE municipality ADD COLUMN sign_in {TEXT} NOT NULL DEFAULT ''; -- JSON of the rules, '' = as delivered
ALTER TABLE agency ADD COLUMN addresses {TEXT} NOT NULL DEFAULT '[]'; -- JSON array of CIDR, [] = from anywhere

-- stage: '' = all done; what is still owed otherwise. challenge: what a passkey has to answer next.
ALTER TABLE session ADD COLUMN stage {TEXT} NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN factor {TEXT} NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN device {TEXT} NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN challenge {TEXT} NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN locked_at {INT};

-- The account at the municipality's own sign-in service, bound at the first use.
ALTER TABLE app_user ADD COLUMN subject {TEXT} NOT NULL DEFAULT '';

-- NULL: nobody has let the guest in yet. Who entered before there was a lobby is in.
ALTER TABLE guest_link ADD COLUMN admitted_at {INT};
UPDATE guest_link SET admitted_at = used_at;

-- Second factors. sealed: the secret of a one-time password, encrypted before it comes here; content: what may be known of the others.
CREATE TABLE factor (
  tenant     {TEXT} NOT NULL,
  id         {TEXT} NOT NULL,
  user_id    {TEXT} NOT NULL,
  kind       {TEXT} NOT NULL,
  name       {TEXT} NOT NULL,
  sealed     {BLOB} NOT NULL,
  content    {TEXT} NOT NULL,
  step       {INT} NOT NULL, -- of the last one-time password taken: none is taken twice
  created_at {INT} NOT NULL,
  used_at    {INT},
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, user_id) REFERENCES app_user (tenant, id)
) {END};
CREATE INDEX factor_by_user ON factor (tenant, user_id, created_at, id);
