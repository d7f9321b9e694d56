-- 本人に非開示: which information of a person must not reach the person or the household by papers and screens made for them.
CREATE TABLE case_discretion (
  tenant    {TEXT} NOT NULL,
  case_id   {TEXT} NOT NULL,
  person_id {TEXT} NOT NULL, -- '' = the household
  item      {TEXT} NOT NULL,
  reason    {TEXT} NOT NULL,
  by_user   {TEXT} NOT NULL,
  at        {INT} NOT NULL,
  PRIMARY KEY (tenant, case_id, person_id, item),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
