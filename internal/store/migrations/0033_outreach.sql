-- アウトリーチ: what an agency did to reach a person (働きかけ記録). A row is never changed; a correction is a later row that takes its place.
CREATE TABLE outreach_entry (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  case_id     {TEXT} NOT NULL,
  person_id   {TEXT} NOT NULL,
  item        {TEXT} NOT NULL,
  agency_id   {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  user_id     {TEXT} NOT NULL,
  user_name   {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  method      {TEXT} NOT NULL,
  met         {TEXT} NOT NULL,
  place       {TEXT} NOT NULL,
  body        {TEXT} NOT NULL,
  relation    {TEXT} NOT NULL,
  replaces    {TEXT} NOT NULL,
  recorded_at {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE UNIQUE INDEX outreach_entry_replaces ON outreach_entry (tenant, replaces) WHERE replaces <> '';
CREATE INDEX outreach_entry_case ON outreach_entry (tenant, case_id, at);
CREATE INDEX outreach_entry_at ON outreach_entry (tenant, at);

-- 訪問の予定: the next contact an agency has planned, with its place in the list of the day.
CREATE TABLE outreach_visit (
  tenant     {TEXT} NOT NULL,
  id         {TEXT} NOT NULL,
  case_id    {TEXT} NOT NULL,
  person_id  {TEXT} NOT NULL,
  agency_id  {TEXT} NOT NULL,
  user_id    {TEXT} NOT NULL,
  user_name  {TEXT} NOT NULL,
  day        {TEXT} NOT NULL,
  clock      {TEXT} NOT NULL,
  ord        {INT} NOT NULL,
  state      {TEXT} NOT NULL,
  entry_id   {TEXT} NOT NULL,
  version    {INT} NOT NULL,
  made_at    {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE INDEX outreach_visit_day ON outreach_visit (tenant, agency_id, state, day);
CREATE INDEX outreach_visit_case ON outreach_visit (tenant, case_id, state, day);

-- 安全上の留意: what whoever visits has to know before. One row a case; version counts the changes.
CREATE TABLE outreach_safety (
  tenant    {TEXT} NOT NULL,
  case_id   {TEXT} NOT NULL,
  codes     {TEXT} NOT NULL,
  note      {TEXT} NOT NULL,
  version   {INT} NOT NULL,
  at        {INT} NOT NULL,
  by_user   {TEXT} NOT NULL,
  by_name   {TEXT} NOT NULL,
  by_agency {TEXT} NOT NULL,
  PRIMARY KEY (tenant, case_id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
