-- 写し of sealed records: the line that remains of each. The file is not kept; marks are places and grounds, no text.
CREATE TABLE record_copy (
  tenant      {TEXT} NOT NULL,
  record_id   {TEXT} NOT NULL,
  n           {INT} NOT NULL,
  kind        {TEXT} NOT NULL, -- agency, anonymous, redacted, given
  agency_id   {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  look        {TEXT} NOT NULL,
  purpose     {TEXT} NOT NULL,
  marks       {TEXT} NOT NULL, -- JSON
  sum         {TEXT} NOT NULL, -- of the texts the marks were made on
  file_sha256 {TEXT} NOT NULL,
  pages       {INT} NOT NULL,
  at          {INT} NOT NULL,
  by_user     {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  PRIMARY KEY (tenant, record_id, n),
  FOREIGN KEY (tenant, record_id) REFERENCES archive_record (tenant, id)
) {END};
