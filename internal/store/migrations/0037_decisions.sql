-- 支援決定: through whose hands a 起案 goes in this municipality; none: 支援決定 needs no 決裁 here.
CREATE TABLE decision_steps (
  tenant {TEXT} NOT NULL REFERENCES municipality (id),
  labels {TEXT} NOT NULL, -- JSON array
  PRIMARY KEY (tenant)
) {END};

-- A 起案 is of the case as it stood: case_version says at which stage. labels are the steps of that day.
CREATE TABLE decision (
  tenant       {TEXT} NOT NULL,
  id           {TEXT} NOT NULL,
  case_id      {TEXT} NOT NULL,
  case_version {INT} NOT NULL,
  note         {TEXT} NOT NULL,
  labels       {TEXT} NOT NULL, -- JSON array
  by_user      {TEXT} NOT NULL,
  by_name      {TEXT} NOT NULL,
  by_post      {TEXT} NOT NULL,
  at           {INT} NOT NULL,
  state        {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE UNIQUE INDEX decision_open ON decision (tenant, case_id) WHERE state = 'open';
CREATE INDEX decision_case ON decision (tenant, case_id, at);

CREATE TABLE decision_mark (
  tenant      {TEXT} NOT NULL,
  decision_id {TEXT} NOT NULL,
  n           {INT} NOT NULL, -- of the step, from 1
  verdict     {TEXT} NOT NULL,
  reason      {TEXT} NOT NULL,
  by_user     {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  by_post     {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  PRIMARY KEY (tenant, decision_id, n),
  FOREIGN KEY (tenant, decision_id) REFERENCES decision (tenant, id)
) {END};
