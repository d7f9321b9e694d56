-- Live documents: one row each, which is also the lock of its log.
CREATE TABLE doc (
  tenant         {TEXT} NOT NULL,
  id             {TEXT} NOT NULL,
  epoch          {INT} NOT NULL,
  kind           {TEXT} NOT NULL,
  case_id        {TEXT} NOT NULL,
  owner_id       {TEXT} NOT NULL,
  person_id      {TEXT} NOT NULL,
  item           {TEXT} NOT NULL,
  head           {INT} NOT NULL,
  frozen         {INT} NOT NULL,
  access_version {INT} NOT NULL,
  created_at     {INT} NOT NULL,
  PRIMARY KEY (tenant, id)
) {END};
CREATE UNIQUE INDEX doc_place ON doc (tenant, kind, owner_id, person_id, item);
CREATE INDEX doc_case ON doc (tenant, case_id, id);

-- {KEYED}: SQLite keeps the rows in the order of their key, and no second tree to find them by it. A document is read in one go, and a change typed is
-- one page less to write.

-- The log: who wrote what, when. Rows of an unsealed plan are never removed.
CREATE TABLE doc_update (
  tenant      {TEXT} NOT NULL,
  doc_id      {TEXT} NOT NULL,
  seq         {INT} NOT NULL,
  body        {BLOB} NOT NULL,
  actor_id    {TEXT} NOT NULL,
  actor_name  {TEXT} NOT NULL,
  agency_id   {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  PRIMARY KEY (tenant, doc_id, seq),
  FOREIGN KEY (tenant, doc_id) REFERENCES doc (tenant, id)
) {KEYED};

CREATE TABLE doc_snapshot (
  tenant {TEXT} NOT NULL,
  doc_id {TEXT} NOT NULL,
  seq    {INT} NOT NULL,
  state  {BLOB} NOT NULL,
  at     {INT} NOT NULL,
  PRIMARY KEY (tenant, doc_id),
  FOREIGN KEY (tenant, doc_id) REFERENCES doc (tenant, id)
) {END};

-- A Yjs client id belongs to who used it first in the document.
CREATE TABLE doc_client (
  tenant  {TEXT} NOT NULL,
  doc_id  {TEXT} NOT NULL,
  client  {INT} NOT NULL,
  user_id {TEXT} NOT NULL,
  PRIMARY KEY (tenant, doc_id, client),
  FOREIGN KEY (tenant, doc_id) REFERENCES doc (tenant, id)
) {KEYED};
