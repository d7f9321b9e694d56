-- お知らせのメール: where each person wants to be told, and what is to be sent. Mails hold numbers and links, no word of a case.
CREATE TABLE notice_address (
  tenant       {TEXT} NOT NULL,
  user_id      {TEXT} NOT NULL,
  address      {TEXT} NOT NULL,
  digest       {INT} NOT NULL,
  meetings     {INT} NOT NULL,
  changed_at   {INT} NOT NULL,
  refused_at   {INT}, -- the server of the address does not take mails for it
  refused_code {INT} NOT NULL,
  PRIMARY KEY (tenant, user_id),
  FOREIGN KEY (tenant, user_id) REFERENCES app_user (tenant, id)
) {END};

-- state: queued, sending, then sent, refused, failed, unsure (nobody knows whether it was taken: not sent again) or dropped.
-- due_at: when to try next; of sending: when nobody is sending it any more.
CREATE TABLE notice (
  tenant     {TEXT} NOT NULL,
  id         {TEXT} NOT NULL,
  user_id    {TEXT} NOT NULL,
  about      {TEXT} NOT NULL, -- once for each person
  kind       {TEXT} NOT NULL,
  meeting_id {TEXT} NOT NULL, -- '' = none
  subject    {TEXT} NOT NULL,
  body       {TEXT} NOT NULL,
  calendar   {TEXT} NOT NULL, -- RFC 5545, '' = none
  state      {TEXT} NOT NULL,
  tries      {INT} NOT NULL,
  created_at {INT} NOT NULL,
  due_at     {INT} NOT NULL,
  expires_at {INT} NOT NULL,
  ended_at   {INT},
  code       {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, user_id) REFERENCES app_user (tenant, id)
) {END};
CREATE UNIQUE INDEX notice_once ON notice (tenant, user_id, about);
CREATE INDEX notice_due ON notice (due_at) WHERE ended_at IS NULL;
CREATE INDEX notice_meeting ON notice (tenant, meeting_id) WHERE meeting_id <> '';
