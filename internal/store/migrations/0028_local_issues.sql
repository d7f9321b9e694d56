-- 第n回 counts the meetings that were held or will be: the number of a cancelled one is free again.
DROP INDEX meeting_no;
CREATE UNIQUE INDEX meeting_no ON meeting (tenant, case_id, type_id, no) WHERE status <> 'cancelled';

-- 地域課題: what became of a memo that stands in the municipality's list. The memo itself stays an event of its meeting.
CREATE TABLE local_issue (
  tenant     {TEXT} NOT NULL,
  note_id    {TEXT} NOT NULL,
  meeting_id {TEXT} NOT NULL,
  theme      {TEXT} NOT NULL,
  state      {TEXT} NOT NULL,
  at         {INT} NOT NULL,
  by_user    {TEXT} NOT NULL,
  PRIMARY KEY (tenant, note_id),
  FOREIGN KEY (tenant, meeting_id) REFERENCES meeting (tenant, id)
) {END};
