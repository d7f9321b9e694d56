-- What a record was made of, split by whose information it is and of which class: copies of this very version are made of it. parts_sha256 is part of
-- the chain hash of the record, '' for those from before.
ALTER TABLE archive_record ADD COLUMN parts {BLOB};
ALTER TABLE archive_record ADD COLUMN parts_sha256 {TEXT} NOT NULL DEFAULT '';
