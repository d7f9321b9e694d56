-- Every key has the municipality in it, so that the tables can be spread over servers by it. The search is by the hash, which comes first.
DROP INDEX session_hash;
CREATE UNIQUE INDEX session_hash ON session (hash, tenant);
DROP INDEX guest_link_token;
CREATE UNIQUE INDEX guest_link_token ON guest_link (token_hash, tenant);
DROP INDEX date_reply_token;
CREATE UNIQUE INDEX date_reply_token ON date_reply (token_hash, tenant);
