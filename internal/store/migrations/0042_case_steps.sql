-- 段階の経過: each move of a case from stage to stage, with what was said then. version is that of the case after the move.
-- code is of the list suspend_reason (中断) or end_reason (終結); until_on is 再開予定日 of a 中断.
CREATE TABLE case_step (
  tenant     {TEXT} NOT NULL,
  case_id    {TEXT} NOT NULL,
  version    {INT} NOT NULL,
  from_stage {TEXT} NOT NULL,
  to_stage   {TEXT} NOT NULL,
  at         {INT} NOT NULL,
  by_user    {TEXT} NOT NULL,
  by_name    {TEXT} NOT NULL,
  by_agency  {TEXT} NOT NULL, -- its name then
  code       {TEXT} NOT NULL,
  reason     {TEXT} NOT NULL,
  until_on   {TEXT} NOT NULL,
  PRIMARY KEY (tenant, case_id, version),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE INDEX case_step_at ON case_step (tenant, to_stage, at);

-- スクリーニング: what was found, of the case as it stood (case_version). The newest row of the version counts; none is ever changed.
CREATE TABLE screening (
  tenant       {TEXT} NOT NULL,
  id           {TEXT} NOT NULL,
  case_id      {TEXT} NOT NULL,
  case_version {INT} NOT NULL,
  day          {TEXT} NOT NULL,
  result       {TEXT} NOT NULL,
  grounds      {TEXT} NOT NULL, -- JSON array of codes
  to_name      {TEXT} NOT NULL, -- つなぎ先 of ②
  confirmed_on {TEXT} NOT NULL, -- つなぎ確認日
  reason       {TEXT} NOT NULL,
  by_user      {TEXT} NOT NULL,
  by_name      {TEXT} NOT NULL,
  by_agency    {TEXT} NOT NULL,
  at           {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE INDEX screening_case ON screening (tenant, case_id, at);
CREATE INDEX screening_day ON screening (tenant, day);
