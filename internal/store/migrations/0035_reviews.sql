-- モニタリング and 評価 of an agreed plan. A row is never changed; a correction is a later row that takes its place.
CREATE TABLE plan_review (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  kind        {TEXT} NOT NULL,
  case_id     {TEXT} NOT NULL,
  plan_id     {TEXT} NOT NULL,
  day         {TEXT} NOT NULL,
  agency_id   {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  user_id     {TEXT} NOT NULL,
  user_name   {TEXT} NOT NULL,
  goals       {TEXT} NOT NULL,
  verdict     {TEXT} NOT NULL,
  next_day    {TEXT} NOT NULL,
  person_id   {TEXT} NOT NULL,
  item        {TEXT} NOT NULL,
  said        {TEXT} NOT NULL,
  replaces    {TEXT} NOT NULL,
  recorded_at {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, plan_id) REFERENCES plan (tenant, id)
) {END};
CREATE UNIQUE INDEX plan_review_replaces ON plan_review (tenant, replaces) WHERE replaces <> '';
CREATE INDEX plan_review_case ON plan_review (tenant, case_id, day);
CREATE INDEX plan_review_plan ON plan_review (tenant, plan_id, kind, day);

-- 支援経過記録 stands beside 働きかけ記録: kind says which, target and next_step are what only the first has (対象, 次の対応).
ALTER TABLE outreach_entry ADD COLUMN kind {TEXT} NOT NULL DEFAULT 'outreach';
ALTER TABLE outreach_entry ADD COLUMN target {TEXT} NOT NULL DEFAULT '';
ALTER TABLE outreach_entry ADD COLUMN next_step {TEXT} NOT NULL DEFAULT '';
