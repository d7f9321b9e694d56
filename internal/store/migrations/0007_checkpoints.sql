-- Checkpoints are chained and signed; those from before stay unsigned, and the first signed one speaks for them.
ALTER TABLE audit_checkpoint ADD COLUMN prev {TEXT} NOT NULL DEFAULT '';
ALTER TABLE audit_checkpoint ADD COLUMN key_id {TEXT} NOT NULL DEFAULT '';
ALTER TABLE audit_checkpoint ADD COLUMN sig {BLOB};

-- How far the log of a live document has entered the tree by hash.
CREATE TABLE audit_doc (
  tenant {TEXT} NOT NULL,
  doc_id {TEXT} NOT NULL,
  seq    {INT} NOT NULL,
  PRIMARY KEY (tenant, doc_id),
  FOREIGN KEY (tenant, doc_id) REFERENCES doc (tenant, id)
) {KEYED};
