-- 資料: what is handed out for an item of the agenda. The sealed bytes lie in file_blob under the same id.
CREATE TABLE handout (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  meeting_id  {TEXT} NOT NULL,
  case_id     {TEXT} NOT NULL,
  agenda_id   {TEXT} NOT NULL,
  person_id   {TEXT} NOT NULL,
  item        {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  by_agency   {TEXT} NOT NULL,
  taken_back  {INT},
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, meeting_id) REFERENCES meeting (tenant, id),
  FOREIGN KEY (tenant, id) REFERENCES file_blob (tenant, id)
) {END};
CREATE INDEX handout_meeting ON handout (tenant, meeting_id, id);

-- 資料受渡簿: who received what, when. Rows are only ever added.
CREATE TABLE handout_receipt (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  handout_id  {TEXT} NOT NULL,
  user_id     {TEXT} NOT NULL,
  user_name   {TEXT} NOT NULL,
  agency_id   {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  deed        {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, handout_id) REFERENCES handout (tenant, id)
) {END};
CREATE INDEX handout_receipt_of ON handout_receipt (tenant, handout_id, at, id);

-- 資料回収: how many days after 閉会 hand-outs can be read.
CREATE TABLE handout_days (
  tenant {TEXT} NOT NULL REFERENCES municipality (id),
  days   {INT} NOT NULL,
  PRIMARY KEY (tenant)
) {END};
