-- 上限: what a municipality may use of an installation that many share; JSON, '' = no limits.
ALTER TABLE municipality ADD COLUMN quota {TEXT} NOT NULL DEFAULT '';
-- Live connections of each municipality at a node; JSON, of those that have any.
ALTER TABLE node ADD COLUMN sockets {TEXT} NOT NULL DEFAULT '';
-- What a municipality keeps is summed from these alone: no file is touched.
CREATE INDEX file_blob_size ON file_blob (tenant, size);
CREATE INDEX archive_record_size ON archive_record (tenant, size) WHERE disposed_by = '';
