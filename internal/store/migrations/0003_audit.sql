-- The audit log. Rows come in unsequenced with the action's transaction; the sequencer gives leaf and leaf_hash.
CREATE TABLE audit_entry (
  tenant     {TEXT} NOT NULL,
  id         {TEXT} NOT NULL,
  at         {INT} NOT NULL,
  actor_id   {TEXT} NOT NULL,
  agency_id  {TEXT} NOT NULL,
  session_id {TEXT} NOT NULL,
  ip         {TEXT} NOT NULL,
  verb       {TEXT} NOT NULL,
  case_id    {TEXT} NOT NULL,
  meeting_id {TEXT} NOT NULL,
  target     {TEXT} NOT NULL,
  result     {TEXT} NOT NULL,
  reason     {TEXT} NOT NULL,
  hash       {TEXT} NOT NULL,
  leaf       {INT},
  leaf_hash  {BLOB},
  PRIMARY KEY (tenant, id)
) {END};
CREATE UNIQUE INDEX audit_leaf ON audit_entry (tenant, leaf) WHERE leaf IS NOT NULL;
CREATE INDEX audit_waiting ON audit_entry (tenant, id) WHERE leaf IS NULL;
CREATE INDEX audit_case ON audit_entry (tenant, case_id, id);

-- The tree head after each pass of the sequencer; peaks is the right edge of the tree, to go on from.
CREATE TABLE audit_checkpoint (
  tenant {TEXT} NOT NULL,
  size   {INT} NOT NULL,
  root   {BLOB} NOT NULL,
  peaks  {BLOB} NOT NULL,
  at     {INT} NOT NULL,
  PRIMARY KEY (tenant, size)
) {END};

-- A lease lets one node do a piece of work; it runs out by itself.
CREATE TABLE lease (
  tenant  {TEXT} NOT NULL,
  name    {TEXT} NOT NULL,
  holder  {TEXT} NOT NULL,
  until   {INT} NOT NULL,
  PRIMARY KEY (tenant, name)
) {END};

CREATE TABLE node (
  id   {TEXT} PRIMARY KEY,
  bus  {TEXT} NOT NULL,
  seen {INT} NOT NULL
) {END};
