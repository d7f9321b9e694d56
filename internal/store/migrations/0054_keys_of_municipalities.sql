-- The keys of a municipality, each sealed with the key of the installation: its evidence files, secrets and words of searches are under keys of its own.
CREATE TABLE municipality_key (
  tenant  {TEXT} NOT NULL REFERENCES municipality (id),
  id      {TEXT} NOT NULL,
  purpose {TEXT} NOT NULL, -- files, words
  wrapped {BLOB} NOT NULL,
  made_at {INT} NOT NULL,
  PRIMARY KEY (tenant, id)
) {END};

-- Where a municipality lived before: up to this size its log was signed with the key of another installation.
CREATE TABLE municipality_origin (
  tenant     {TEXT} NOT NULL REFERENCES municipality (id),
  size       {INT} NOT NULL, -- of the log when it moved
  public_key {TEXT} NOT NULL,
  at         {INT} NOT NULL,
  PRIMARY KEY (tenant, size)
) {END};

-- Nobody signs in to a municipality that is suspended (停止中): it is about to move or to be deleted.
ALTER TABLE municipality ADD COLUMN suspended_at {INT};
