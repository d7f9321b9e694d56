-- The 文書分類表 of a municipality; the newest version holds for what is sealed from now on. Without one the built-in table holds.
CREATE TABLE retention_table (
  tenant  {TEXT} NOT NULL,
  version {INT} NOT NULL,
  body    {TEXT} NOT NULL, -- JSON
  at      {INT} NOT NULL,
  by_user {TEXT} NOT NULL,
  PRIMARY KEY (tenant, version)
) {END};

-- 延長: never shortens, never changed.
CREATE TABLE archive_extension (
  tenant    {TEXT} NOT NULL,
  id        {TEXT} NOT NULL,
  record_id {TEXT} NOT NULL,
  until     {TEXT} NOT NULL,
  reason    {TEXT} NOT NULL,
  by_user   {TEXT} NOT NULL,
  by_name   {TEXT} NOT NULL,
  at        {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, record_id) REFERENCES archive_record (tenant, id)
) {END};
CREATE INDEX archive_extension_record ON archive_extension (tenant, record_id);

-- 廃棄の停止: several at once; while one is not lifted, the record cannot be disposed of.
CREATE TABLE archive_hold (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  record_id   {TEXT} NOT NULL,
  reason      {TEXT} NOT NULL,
  by_user     {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  lifted_at   {INT},
  lifted_by   {TEXT} NOT NULL,
  lifted_name {TEXT} NOT NULL,
  lift_reason {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, record_id) REFERENCES archive_record (tenant, id)
) {END};
CREATE INDEX archive_hold_record ON archive_hold (tenant, record_id);

-- 廃棄: proposed by one (起案), decided by another (決裁).
CREATE TABLE archive_disposal (
  tenant        {TEXT} NOT NULL,
  id            {TEXT} NOT NULL,
  state         {TEXT} NOT NULL, -- proposed, done, refused, withdrawn
  method        {TEXT} NOT NULL,
  reason        {TEXT} NOT NULL,
  proposed_by   {TEXT} NOT NULL,
  proposed_name {TEXT} NOT NULL,
  proposed_at   {INT} NOT NULL,
  decided_by    {TEXT} NOT NULL,
  decided_name  {TEXT} NOT NULL,
  decided_at    {INT},
  note          {TEXT} NOT NULL,
  certificate   {TEXT} NOT NULL, -- id of the record of the 廃棄証明書
  PRIMARY KEY (tenant, id)
) {END};
CREATE TABLE archive_disposal_record (
  tenant      {TEXT} NOT NULL,
  disposal_id {TEXT} NOT NULL,
  record_id   {TEXT} NOT NULL,
  PRIMARY KEY (tenant, disposal_id, record_id),
  FOREIGN KEY (tenant, disposal_id) REFERENCES archive_disposal (tenant, id),
  FOREIGN KEY (tenant, record_id) REFERENCES archive_record (tenant, id)
) {END};
CREATE INDEX archive_disposal_of ON archive_disposal_record (tenant, record_id);

-- The one thing that ever happens to a sealed row: its body goes, its line stays, and says by which disposal.
ALTER TABLE archive_record ADD COLUMN disposed_by {TEXT} NOT NULL DEFAULT '';
-- A 廃棄証明書 belongs to no meeting.
DROP INDEX archive_paper;
CREATE UNIQUE INDEX archive_paper ON archive_record (tenant, meeting_id, kind, version) WHERE meeting_id <> '';

-- When a case ended (終結): from there the years of some classes count.
ALTER TABLE case_file ADD COLUMN ended_at {INT};
UPDATE case_file SET ended_at = updated_at WHERE stage = 'closed';
