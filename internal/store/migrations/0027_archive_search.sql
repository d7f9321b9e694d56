-- The words of sealed records, folded, and beside them a signature of their letters and pairs of letters: the signatures are read at every
-- search, the words of the few that may match only. Both are copies and can be made anew (archivesearch.go).
CREATE TABLE archive_text (
  tenant {TEXT} NOT NULL,
  seq    {INT} NOT NULL,
  fold   {TEXT} NOT NULL,
  PRIMARY KEY (tenant, seq)
) {END};
CREATE TABLE archive_sig (
  tenant {TEXT} NOT NULL,
  seq    {INT} NOT NULL,
  sig    {BLOB} NOT NULL,
  PRIMARY KEY (tenant, seq)
) {KEYED};

-- The unique index leaves out what belongs to no meeting, so it cannot serve a search by meeting.
CREATE INDEX archive_meeting ON archive_record (tenant, meeting_id, kind, version);

-- What the nightly pass over everything sealed found.
CREATE TABLE archive_check (
  tenant   {TEXT} NOT NULL,
  at       {INT} NOT NULL,
  took     {INT} NOT NULL, -- microseconds
  ok       {INT} NOT NULL,
  checked  {INT} NOT NULL,
  entries  {INT} NOT NULL,
  problems {TEXT} NOT NULL, -- JSON, the first 100
  PRIMARY KEY (tenant, at)
) {END};
