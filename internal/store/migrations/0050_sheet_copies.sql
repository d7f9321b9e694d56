-- 写し of the sheets of a case that were given away: the line that remains of each, counted for each form without gaps. The file is not kept.
CREATE TABLE sheet_copy (
  tenant      {TEXT} NOT NULL,
  case_id     {TEXT} NOT NULL,
  form        {TEXT} NOT NULL,
  n           {INT} NOT NULL,
  kind        {TEXT} NOT NULL, -- agency, anonymous
  agency_id   {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  file_sha256 {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  by_user     {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  PRIMARY KEY (tenant, case_id, form, n),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
