-- The audit log is read by time, by time of one case, and by the mark of a word that was searched for. Each index is paid for with every entry: there is none
-- for users, whose entries are looked for in the order of time.
CREATE INDEX audit_at ON audit_entry (tenant, at, id);
DROP INDEX audit_case;
CREATE INDEX audit_case ON audit_entry (tenant, case_id, at, id);
CREATE INDEX audit_search ON audit_entry (tenant, hash, at, id) WHERE reason = 'search';

-- What a municipality calls usual: hours of the office, cases in an hour.
CREATE TABLE oversight_setting (
  tenant {TEXT} PRIMARY KEY REFERENCES municipality (id),
  body   {TEXT} NOT NULL, -- JSON
  at     {INT} NOT NULL
) {END};

-- Exports of incidents with the words of their reason, which do not stand in the audit log.
CREATE TABLE incident_export (
  tenant    {TEXT} NOT NULL REFERENCES municipality (id),
  id        {TEXT} NOT NULL,
  at        {INT} NOT NULL,
  user_id   {TEXT} NOT NULL,
  agency_id {TEXT} NOT NULL,
  reason    {TEXT} NOT NULL, -- code
  note      {TEXT} NOT NULL,
  filter    {TEXT} NOT NULL, -- JSON
  persons   {INT} NOT NULL,
  entries   {INT} NOT NULL,
  PRIMARY KEY (tenant, id)
) {END};
