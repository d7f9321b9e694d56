-- 相談の受付: what an agency took in, and what it decided then. id comes from the browser: what is sent twice is one 相談.
CREATE TABLE intake (
  tenant         {TEXT} NOT NULL,
  id             {TEXT} NOT NULL,
  case_id        {TEXT} NOT NULL,
  person_id      {TEXT} NOT NULL,
  agency_id      {TEXT} NOT NULL,
  agency_name    {TEXT} NOT NULL,
  by_user        {TEXT} NOT NULL,
  by_name        {TEXT} NOT NULL,
  at             {INT} NOT NULL,
  asker          {TEXT} NOT NULL,
  asker_name     {TEXT} NOT NULL,
  asker_relation {TEXT} NOT NULL,
  name           {TEXT} NOT NULL, -- as it was typed then, whatever the case calls the person later
  kana           {TEXT} NOT NULL,
  birth          {TEXT} NOT NULL,
  route          {TEXT} NOT NULL,
  age_band       {TEXT} NOT NULL,
  district       {TEXT} NOT NULL,
  contact        {TEXT} NOT NULL,
  trouble        {TEXT} NOT NULL,
  fields         {TEXT} NOT NULL, -- JSON array of codes
  urgency        {TEXT} NOT NULL,
  danger         {INT} NOT NULL,
  consent        {TEXT} NOT NULL,
  triage         {TEXT} NOT NULL,
  note           {TEXT} NOT NULL,
  triage_by      {TEXT} NOT NULL,
  triage_name    {TEXT} NOT NULL,
  triage_at      {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, agency_id) REFERENCES agency (tenant, id)
) {END};
CREATE UNIQUE INDEX intake_case ON intake (tenant, case_id);
CREATE INDEX intake_agency ON intake (tenant, agency_id, at);
CREATE INDEX intake_at ON intake (tenant, at);

-- つなぎ: what one agency hands over to another, word for word as it was, and every answer. Of a case and receiver one is open at a time.
CREATE TABLE referral (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  case_id     {TEXT} NOT NULL,
  from_agency {TEXT} NOT NULL,
  from_name   {TEXT} NOT NULL,
  to_agency   {TEXT} NOT NULL,
  to_name     {TEXT} NOT NULL,
  reason      {TEXT} NOT NULL,
  wish_on     {TEXT} NOT NULL,
  parts       {TEXT} NOT NULL, -- JSON array
  by_user     {TEXT} NOT NULL,
  by_name     {TEXT} NOT NULL,
  by_post     {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  state       {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, from_agency) REFERENCES agency (tenant, id),
  FOREIGN KEY (tenant, to_agency) REFERENCES agency (tenant, id)
) {END};
CREATE UNIQUE INDEX referral_open ON referral (tenant, case_id, to_agency) WHERE state IN ('asked', 'checking');
CREATE INDEX referral_case ON referral (tenant, case_id, at);
CREATE INDEX referral_to ON referral (tenant, to_agency, at);
CREATE INDEX referral_from ON referral (tenant, from_agency, at);

CREATE TABLE referral_answer (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  referral_id {TEXT} NOT NULL,
  answer      {TEXT} NOT NULL,
  reason      {TEXT} NOT NULL,
  due         {TEXT} NOT NULL,
  user_id     {TEXT} NOT NULL,
  user_name   {TEXT} NOT NULL,
  user_post   {TEXT} NOT NULL,
  agency_id   {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, referral_id) REFERENCES referral (tenant, id)
) {END};
CREATE INDEX referral_answer_referral ON referral_answer (tenant, referral_id, at);

-- After how many days without an answer a つなぎ is 未確認; none: the usual number.
CREATE TABLE referral_days (
  tenant {TEXT} NOT NULL REFERENCES municipality (id),
  days   {INT} NOT NULL,
  PRIMARY KEY (tenant)
) {END};
