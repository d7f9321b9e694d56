-- 日程調整: the candidate dates of a meeting, and what each agency answers by its link. Only the hash of a link is kept.
CREATE TABLE date_poll (
  tenant     {TEXT} NOT NULL,
  meeting_id {TEXT} NOT NULL,
  options    {TEXT} NOT NULL, -- JSON
  until      {INT} NOT NULL,
  fixed      {TEXT} NOT NULL,
  created_at {INT} NOT NULL,
  created_by {TEXT} NOT NULL,
  PRIMARY KEY (tenant, meeting_id),
  FOREIGN KEY (tenant, meeting_id) REFERENCES meeting (tenant, id)
) {END};

CREATE TABLE date_reply (
  tenant     {TEXT} NOT NULL,
  meeting_id {TEXT} NOT NULL,
  agency_id  {TEXT} NOT NULL,
  must       {INT} NOT NULL,
  token_hash {TEXT} NOT NULL,
  answers    {TEXT} NOT NULL, -- JSON object: option id → answer
  at         {INT},
  PRIMARY KEY (tenant, meeting_id, agency_id),
  FOREIGN KEY (tenant, meeting_id) REFERENCES date_poll (tenant, meeting_id)
) {END};
CREATE UNIQUE INDEX date_reply_token ON date_reply (token_hash);
