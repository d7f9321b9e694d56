-- The sign-in service (its issuer) that vouched for a session, '' = none: signing out leads there as well.
ALTER TABLE session ADD COLUMN service {TEXT} NOT NULL DEFAULT '';
