-- フォローアップ of a case after 終結: when to ask how somebody is, by whom, and what was heard.
CREATE TABLE followup (
  tenant         {TEXT} NOT NULL,
  id             {TEXT} NOT NULL,
  case_id        {TEXT} NOT NULL,
  agency_id      {TEXT} NOT NULL, -- who is to do it
  agency_name    {TEXT} NOT NULL,
  due_on         {TEXT} NOT NULL,
  made_by        {TEXT} NOT NULL,
  made_name      {TEXT} NOT NULL,
  made_at        {INT} NOT NULL,
  state          {TEXT} NOT NULL, -- planned, done, dropped
  method         {TEXT} NOT NULL,
  result         {TEXT} NOT NULL,
  note           {TEXT} NOT NULL,
  done_on        {TEXT} NOT NULL,
  done_by        {TEXT} NOT NULL,
  done_name      {TEXT} NOT NULL,
  done_agency    {TEXT} NOT NULL,
  done_agency_name {TEXT} NOT NULL,
  done_at        {INT},
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, agency_id) REFERENCES agency (tenant, id)
) {END};
CREATE INDEX followup_case ON followup (tenant, case_id, due_on);
CREATE INDEX followup_due ON followup (tenant, due_on) WHERE state = 'planned';
CREATE INDEX followup_done ON followup (tenant, done_on);

-- 再受付 as a new case: the case it goes on from.
CREATE TABLE case_former (
  tenant    {TEXT} NOT NULL,
  case_id   {TEXT} NOT NULL,
  former_id {TEXT} NOT NULL,
  reason    {TEXT} NOT NULL,
  by_user   {TEXT} NOT NULL,
  by_name   {TEXT} NOT NULL,
  at        {INT} NOT NULL,
  PRIMARY KEY (tenant, case_id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, former_id) REFERENCES case_file (tenant, id)
) {END};
CREATE INDEX case_former_of ON case_former (tenant, former_id);
