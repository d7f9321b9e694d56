-- What was signed when a record was sealed (internal/seal): part of the chain hash of the record, '' for those from before.
ALTER TABLE archive_record ADD COLUMN signature {TEXT} NOT NULL DEFAULT '';
