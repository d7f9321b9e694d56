-- 開催: meetings of one date, place, chair and recorder, in their order. A meeting stays one case.
CREATE TABLE sitting (
  tenant     {TEXT} NOT NULL REFERENCES municipality (id),
  id         {TEXT} NOT NULL,
  created_at {INT} NOT NULL,
  created_by {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id)
) {END};

CREATE TABLE sitting_meeting (
  tenant     {TEXT} NOT NULL,
  meeting_id {TEXT} NOT NULL,
  sitting_id {TEXT} NOT NULL,
  pos        {INT} NOT NULL, -- 1, 2, 3 …
  PRIMARY KEY (tenant, meeting_id),
  FOREIGN KEY (tenant, meeting_id) REFERENCES meeting (tenant, id),
  FOREIGN KEY (tenant, sitting_id) REFERENCES sitting (tenant, id)
) {END};
CREATE UNIQUE INDEX sitting_meeting_pos ON sitting_meeting (tenant, sitting_id, pos);
