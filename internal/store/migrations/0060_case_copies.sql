-- 写し of every paper of a case that is no sealed record are counted here, not of its sheets alone: form is the form of a sheet, or the paper as kind:of.
-- kind: agency, given, redacted, anonymous. agency_id and agency_name: of a 本人交付版 who of the household receives it.
ALTER TABLE sheet_copy ADD COLUMN look {TEXT} NOT NULL DEFAULT '';
ALTER TABLE sheet_copy ADD COLUMN purpose {TEXT} NOT NULL DEFAULT '';
ALTER TABLE sheet_copy ADD COLUMN marks {TEXT} NOT NULL DEFAULT '[]'; -- 開示用: places and grounds, no text
ALTER TABLE sheet_copy ADD COLUMN sum {TEXT} NOT NULL DEFAULT '';
ALTER TABLE sheet_copy ADD COLUMN pages {INT} NOT NULL DEFAULT 0;
