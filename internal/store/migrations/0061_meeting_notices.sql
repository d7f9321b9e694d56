-- 開催通知 as they were printed: the letters, so that a 開示請求 for one that went out gets what it said. doc: JSON of the paper, without what it looked like.
CREATE TABLE meeting_notice (
  tenant     {TEXT} NOT NULL,
  meeting_id {TEXT} NOT NULL,
  n          {INT} NOT NULL,
  at         {INT} NOT NULL,
  sha256     {TEXT} NOT NULL, -- of the file that was given out
  doc        {BLOB} NOT NULL,
  PRIMARY KEY (tenant, meeting_id, n),
  FOREIGN KEY (tenant, meeting_id) REFERENCES meeting (tenant, id)
) {END};
