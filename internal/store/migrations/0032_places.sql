-- 社会資源台帳: places and resources of the area. n counts the changes of a row, from 1. lat and lng are millionths of a degree. A place that was made of a
-- 地域課題 names its memo. opened_at is when it was 利用可 for the first time.
CREATE TABLE place (
  tenant        {TEXT} NOT NULL,
  id            {TEXT} NOT NULL,
  name          {TEXT} NOT NULL,
  kind          {TEXT} NOT NULL,
  fields        {TEXT} NOT NULL, -- JSON array of codes
  district      {TEXT} NOT NULL,
  address       {TEXT} NOT NULL,
  lat           {INT},
  lng           {INT},
  capacity      {INT},
  hours         {TEXT} NOT NULL,
  contact       {TEXT} NOT NULL,
  terms         {TEXT} NOT NULL,
  state         {TEXT} NOT NULL,
  agency_id     {TEXT} NOT NULL,
  note          {TEXT} NOT NULL,
  issue_meeting {TEXT} NOT NULL,
  issue_note    {TEXT} NOT NULL,
  made_at       {INT} NOT NULL,
  opened_at     {INT},
  n             {INT} NOT NULL,
  at            {INT} NOT NULL,
  by_user       {TEXT} NOT NULL,
  by_name       {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, agency_id) REFERENCES agency (tenant, id)
) {END};

-- 活動日: how many came, by generation; never who. What was entered by mistake is taken back and stays.
CREATE TABLE place_day (
  tenant   {TEXT} NOT NULL,
  id       {TEXT} NOT NULL,
  place_id {TEXT} NOT NULL,
  day      {TEXT} NOT NULL,
  children {INT} NOT NULL,
  young    {INT} NOT NULL,
  working  {INT} NOT NULL,
  elder    {INT} NOT NULL,
  note     {TEXT} NOT NULL,
  at       {INT} NOT NULL,
  by_user  {TEXT} NOT NULL,
  by_name  {TEXT} NOT NULL,
  gone_at  {INT},
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, place_id) REFERENCES place (tenant, id)
) {END};
CREATE INDEX place_day_of ON place_day (tenant, place_id, day, id);

-- コーディネート: who was brought to a place. Without a case it was a resident whose name is not kept.
CREATE TABLE place_link (
  tenant    {TEXT} NOT NULL,
  id        {TEXT} NOT NULL,
  place_id  {TEXT} NOT NULL,
  case_id   {TEXT},
  person_id {TEXT},
  role      {TEXT} NOT NULL,
  since     {TEXT} NOT NULL,
  agency_id {TEXT} NOT NULL,
  by_user   {TEXT} NOT NULL,
  by_name   {TEXT} NOT NULL,
  made_at   {INT} NOT NULL,
  result    {TEXT} NOT NULL,
  result_on {TEXT} NOT NULL,
  n         {INT} NOT NULL,
  at        {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, place_id) REFERENCES place (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, person_id) REFERENCES person (tenant, id)
) {END};
CREATE INDEX place_link_of ON place_link (tenant, place_id, since, id);
CREATE INDEX place_link_case ON place_link (tenant, case_id);
