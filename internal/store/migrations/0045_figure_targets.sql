-- 実施計画の目標: what a municipality means to reach in a 年度, figure by figure.
CREATE TABLE figure_target (
  tenant  {TEXT} NOT NULL REFERENCES municipality (id),
  year    {INT} NOT NULL,
  figure  {TEXT} NOT NULL,
  value   {INT} NOT NULL,
  at      {INT} NOT NULL,
  by_user {TEXT} NOT NULL,
  by_name {TEXT} NOT NULL,
  PRIMARY KEY (tenant, year, figure)
) {END};

-- 段階の経過: when a case came to each stage. Of cases from before there is the 受付 and the stage they stand in; gap says that what came after a step is not known.
CREATE TABLE stage_entry (
  tenant  {TEXT} NOT NULL,
  case_id {TEXT} NOT NULL,
  n       {INT} NOT NULL, -- 1, 2, 3 …
  stage   {TEXT} NOT NULL,
  at      {INT} NOT NULL,
  gap     {INT} NOT NULL,
  PRIMARY KEY (tenant, case_id, n),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
INSERT INTO stage_entry (tenant, case_id, n, stage, at, gap) SELECT tenant, id, 1, 'received', opened_at, CASE WHEN stage = 'received' THEN 0 ELSE 1 END FROM case_file;
INSERT INTO stage_entry (tenant, case_id, n, stage, at, gap) SELECT tenant, id, 2, stage, COALESCE(ended_at, updated_at), 0 FROM case_file WHERE stage <> 'received';
