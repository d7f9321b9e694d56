-- 様式の集計: the choices made in the sheets, read out of their documents so that they can be counted. A reading of what stands elsewhere: it can be made anew.
CREATE TABLE sheet_reading (
  tenant {TEXT} NOT NULL,
  doc_id {TEXT} NOT NULL,
  head   {INT} NOT NULL, -- of the document when it was read
  PRIMARY KEY (tenant, doc_id)
) {END};
CREATE TABLE sheet_answer (
  tenant  {TEXT} NOT NULL,
  doc_id  {TEXT} NOT NULL,
  field   {TEXT} NOT NULL,
  code    {TEXT} NOT NULL,
  case_id {TEXT} NOT NULL,
  PRIMARY KEY (tenant, doc_id, field, code)
) {END};
CREATE INDEX sheet_answer_case ON sheet_answer (tenant, case_id, field, code);
