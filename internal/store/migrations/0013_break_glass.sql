-- 緊急時の閲覧: who without a right to it read a case in a disaster, why, how long, and what those who hold the record found afterwards.
CREATE TABLE break_glass (
  tenant    {TEXT} NOT NULL,
  id        {TEXT} NOT NULL,
  case_id   {TEXT} NOT NULL,
  user_id   {TEXT} NOT NULL,
  user_name {TEXT} NOT NULL,
  basis     {TEXT} NOT NULL,
  reason    {TEXT} NOT NULL,
  at        {INT} NOT NULL,
  until     {INT} NOT NULL,
  ended_by  {TEXT} NOT NULL,
  ended_at  {INT},
  reviewed_by   {TEXT} NOT NULL,
  reviewed_name {TEXT} NOT NULL,
  reviewed_at   {INT},
  finding   {TEXT} NOT NULL,
  note      {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, user_id) REFERENCES app_user (tenant, id)
) {END};
-- One at a time: a row whose time is over gets its end when the next one begins.
CREATE UNIQUE INDEX break_glass_open ON break_glass (tenant, user_id) WHERE ended_at IS NULL;
CREATE INDEX break_glass_at ON break_glass (tenant, at, id);
CREATE INDEX break_glass_case ON break_glass (tenant, case_id, user_id);
