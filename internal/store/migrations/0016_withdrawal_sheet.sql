-- The scan of a 撤回届, kept as the scan of a consent is.
ALTER TABLE consent_withdrawal ADD COLUMN evidence_file {TEXT} NOT NULL DEFAULT '';
ALTER TABLE consent_withdrawal ADD COLUMN evidence_sha256 {TEXT} NOT NULL DEFAULT '';
