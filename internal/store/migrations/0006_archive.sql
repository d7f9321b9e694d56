-- Sealed records: one chain per municipality. Nothing here is ever updated; archive_head is where the chain ends.
CREATE TABLE archive_record (
  tenant           {TEXT} NOT NULL,
  seq              {INT} NOT NULL,
  id               {TEXT} NOT NULL,
  number           {TEXT} NOT NULL,
  kind             {TEXT} NOT NULL,
  title            {TEXT} NOT NULL,
  case_id          {TEXT} NOT NULL,
  case_number      {TEXT} NOT NULL,
  meeting_id       {TEXT} NOT NULL,
  meeting_day      {INT} NOT NULL,
  version          {INT} NOT NULL,
  replaces         {TEXT} NOT NULL,
  file_name        {TEXT} NOT NULL,
  file_sha256      {TEXT} NOT NULL,
  content_sha256   {TEXT} NOT NULL,
  pages            {INT} NOT NULL,
  size             {INT} NOT NULL,
  renderer         {TEXT} NOT NULL,
  retention_class  {TEXT} NOT NULL,
  retention_years  {INT} NOT NULL,
  retention_from   {TEXT} NOT NULL,
  retention_until  {TEXT} NOT NULL,
  sealed_at        {INT} NOT NULL,
  sealed_by        {TEXT} NOT NULL,
  audit_checkpoint {TEXT} NOT NULL,
  prev_hash        {TEXT} NOT NULL,
  chain_hash       {TEXT} NOT NULL,
  fold             {TEXT} NOT NULL,
  file             {BLOB} NOT NULL,
  content          {BLOB} NOT NULL,
  PRIMARY KEY (tenant, seq)
) {END};
CREATE UNIQUE INDEX archive_id ON archive_record (tenant, id);
CREATE UNIQUE INDEX archive_paper ON archive_record (tenant, meeting_id, kind, version);
CREATE INDEX archive_number ON archive_record (tenant, number);

CREATE TABLE archive_head (
  tenant     {TEXT} PRIMARY KEY,
  seq        {INT} NOT NULL,
  chain_hash {TEXT} NOT NULL
) {END};
