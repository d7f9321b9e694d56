-- 利害関係者の閲覧遮断: who must not see a case, whatever their role.
CREATE TABLE case_bar (
  tenant  {TEXT} NOT NULL,
  case_id {TEXT} NOT NULL,
  user_id {TEXT} NOT NULL,
  reason  {TEXT} NOT NULL,
  by_user {TEXT} NOT NULL,
  at      {INT} NOT NULL,
  PRIMARY KEY (tenant, case_id, user_id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, user_id) REFERENCES app_user (tenant, id)
) {END};
CREATE INDEX case_bar_user ON case_bar (tenant, user_id);

-- 緊急開示: what an agency is shown without consent, for how long, who stands for it. lapsed or ended ones stay.
CREATE TABLE emergency_disclosure (
  tenant       {TEXT} NOT NULL,
  id           {TEXT} NOT NULL,
  case_id      {TEXT} NOT NULL,
  agency_id    {TEXT} NOT NULL,
  persons      {TEXT} NOT NULL, -- JSON array
  items        {TEXT} NOT NULL, -- JSON array
  basis        {TEXT} NOT NULL,
  reason       {TEXT} NOT NULL,
  by_user      {TEXT} NOT NULL,
  by_name      {TEXT} NOT NULL,
  at           {INT} NOT NULL,
  until        {INT} NOT NULL,
  confirmed_by {TEXT} NOT NULL,
  confirmed_name {TEXT} NOT NULL,
  confirmed_at {INT},
  ended_by     {TEXT} NOT NULL,
  ended_at     {INT},
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, agency_id) REFERENCES agency (tenant, id)
) {END};
CREATE INDEX emergency_case ON emergency_disclosure (tenant, case_id, at, id);
CREATE INDEX emergency_at ON emergency_disclosure (tenant, at, id);
