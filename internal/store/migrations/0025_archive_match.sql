-- A file is found by its hash (原本照合).
CREATE INDEX archive_file_hash ON archive_record (tenant, file_sha256);
CREATE INDEX minutes_file_hash ON minutes_version (tenant, sha256);
