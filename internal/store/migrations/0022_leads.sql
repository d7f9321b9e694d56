-- 主担当: who was asked to become 主担当機関 or 終結後の主担当 of a case, and every answer. Of a case and kind one offer is open at a time.
CREATE TABLE lead_offer (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  case_id     {TEXT} NOT NULL,
  kind        {TEXT} NOT NULL,
  from_agency {TEXT} NOT NULL,
  from_name   {TEXT} NOT NULL,
  to_agency   {TEXT} NOT NULL,
  to_name     {TEXT} NOT NULL,
  note        {TEXT} NOT NULL,
  by_user     {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  by_agency   {TEXT} NOT NULL,
  meeting_id  {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  state       {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE UNIQUE INDEX lead_offer_open ON lead_offer (tenant, case_id, kind) WHERE state IN ('asked', 'takeback');
CREATE INDEX lead_offer_case ON lead_offer (tenant, case_id, at);

CREATE TABLE lead_answer (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  offer_id    {TEXT} NOT NULL,
  answer      {TEXT} NOT NULL,
  reason      {TEXT} NOT NULL,
  due         {TEXT} NOT NULL,
  user_id     {TEXT} NOT NULL,
  user_name   {TEXT} NOT NULL,
  user_post   {TEXT} NOT NULL,
  agency_id   {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  meeting_id  {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, offer_id) REFERENCES lead_offer (tenant, id)
) {END};
CREATE INDEX lead_answer_offer ON lead_answer (tenant, offer_id, at);

-- 終結: what was told as ended, who comes after, and why it ended without anybody who had accepted that.
CREATE TABLE case_end (
  tenant  {TEXT} NOT NULL,
  id      {TEXT} NOT NULL,
  case_id {TEXT} NOT NULL,
  at      {INT} NOT NULL,
  by_user {TEXT} NOT NULL,
  by_name {TEXT} NOT NULL,
  lead_id {TEXT} NOT NULL,
  reason  {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE INDEX case_end_case ON case_end (tenant, case_id, at);
