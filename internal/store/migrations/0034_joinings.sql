-- 参加支援: what a person looks for, of one class of information. n counts the changes, steps too, so that two people do not write past each other. A person
-- has one that is open of a class: who sees one class does not learn of another.
CREATE TABLE joining (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  case_id     {TEXT} NOT NULL,
  person_id   {TEXT} NOT NULL,
  item        {TEXT} NOT NULL,
  needs       {TEXT} NOT NULL, -- JSON array of codes
  fields      {TEXT} NOT NULL, -- JSON array of codes
  aim         {TEXT} NOT NULL,
  wish        {TEXT} NOT NULL,
  free        {TEXT} NOT NULL, -- when the person can go
  district    {TEXT} NOT NULL,
  agency_id   {TEXT} NOT NULL,
  opened_on   {TEXT} NOT NULL,
  ended_on    {TEXT} NOT NULL,
  n           {INT} NOT NULL,
  at          {INT} NOT NULL,
  by_user     {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, person_id) REFERENCES person (tenant, id),
  FOREIGN KEY (tenant, agency_id) REFERENCES agency (tenant, id)
) {END};
CREATE UNIQUE INDEX joining_open ON joining (tenant, person_id, item) WHERE ended_on = '';
CREATE INDEX joining_case ON joining (tenant, case_id);

-- What was done: 見学・体験, 利用開始, 定着支援, 利用の終わり, and the end of the whole. Rows are only ever added.
CREATE TABLE joining_step (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  joining_id  {TEXT} NOT NULL,
  kind        {TEXT} NOT NULL,
  place_id    {TEXT},
  day         {TEXT} NOT NULL,
  method      {TEXT} NOT NULL,
  outcome     {TEXT} NOT NULL,
  body        {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  by_user     {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, joining_id) REFERENCES joining (tenant, id),
  FOREIGN KEY (tenant, place_id) REFERENCES place (tenant, id)
) {END};
CREATE INDEX joining_step_of ON joining_step (tenant, joining_id, at, id);

-- 受け入れ側への支援: what was done for those who take people in; nothing of the people.
CREATE TABLE place_care (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  place_id    {TEXT} NOT NULL,
  day         {TEXT} NOT NULL,
  method      {TEXT} NOT NULL,
  body        {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  by_user     {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, place_id) REFERENCES place (tenant, id)
) {END};
CREATE INDEX place_care_of ON place_care (tenant, place_id, day, id);
