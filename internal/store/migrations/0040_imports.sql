-- 取込: a list of cases that came in with a spreadsheet. id comes from the browser: what is sent twice is one import. Nothing of the file is kept but its name and hash.
CREATE TABLE case_import (
  tenant      {TEXT} NOT NULL REFERENCES municipality (id),
  id          {TEXT} NOT NULL,
  file_name   {TEXT} NOT NULL,
  file_hash   {TEXT} NOT NULL,
  by_user     {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  row_count   {INT} NOT NULL,
  made        {INT} NOT NULL,
  refused     {INT} NOT NULL,
  first       {TEXT} NOT NULL, -- ケースID
  last        {TEXT} NOT NULL,
  state       {TEXT} NOT NULL, -- done, undone, partly
  kept        {INT} NOT NULL,
  undone_at   {INT},
  undone_name {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id)
) {END};
CREATE INDEX case_import_at ON case_import (tenant, at);

-- The rows that became cases, as long as the case stands. mark is the hash by which a row is known again.
CREATE TABLE case_import_row (
  tenant    {TEXT} NOT NULL,
  import_id {TEXT} NOT NULL,
  case_id   {TEXT} NOT NULL,
  row_no    {INT} NOT NULL,
  mark      {TEXT} NOT NULL,
  docs      {INT} NOT NULL, -- how many documents it wrote
  PRIMARY KEY (tenant, case_id),
  FOREIGN KEY (tenant, import_id) REFERENCES case_import (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE UNIQUE INDEX case_import_mark ON case_import_row (tenant, mark);
CREATE INDEX case_import_rows ON case_import_row (tenant, import_id, row_no);

-- 前回の対応: which heading and which word of a list meant what the last time.
CREATE TABLE case_import_memory (
  tenant {TEXT} NOT NULL REFERENCES municipality (id),
  words  {TEXT} NOT NULL, -- JSON
  PRIMARY KEY (tenant)
) {END};
