-- The consent desk: the fields of each way of giving consent, renewal, who received a withdrawal, and the text that was signed.
ALTER TABLE consent_record ADD COLUMN details {TEXT} NOT NULL DEFAULT '{}'; -- JSON object
ALTER TABLE consent_record ADD COLUMN renews {TEXT} NOT NULL DEFAULT '';
CREATE UNIQUE INDEX consent_renews ON consent_record (tenant, renews) WHERE renews <> '';
CREATE INDEX consent_until ON consent_record (tenant, valid_until);

ALTER TABLE consent_withdrawal ADD COLUMN received_by {TEXT} NOT NULL DEFAULT '';
ALTER TABLE consent_withdrawal ADD COLUMN how {TEXT} NOT NULL DEFAULT '';
ALTER TABLE consent_withdrawal ADD COLUMN told {TEXT} NOT NULL DEFAULT '[]'; -- JSON array

-- Each version of the consent text, once per municipality. Never changed: a changed text is a new version.
CREATE TABLE consent_text (
  tenant  {TEXT} NOT NULL,
  hash    {TEXT} NOT NULL,
  no      {INT} NOT NULL,
  body    {TEXT} NOT NULL, -- JSON object
  own     {INT} NOT NULL,
  kept_at {INT} NOT NULL,
  kept_by {TEXT} NOT NULL,
  PRIMARY KEY (tenant, hash)
) {END};
CREATE UNIQUE INDEX consent_text_no ON consent_text (tenant, no);

-- Records from before name the first built-in text; it becomes the first version kept.
INSERT INTO consent_text (tenant, hash, no, body, own, kept_at, kept_by)
SELECT tenant, form_hash, 1, '{"version":"同意書-2026-04","effectiveFrom":"2026-04-01","title":"情報共有に関する同意書","paragraphs":["私は、私の相談について関係する機関が協力して支援を行うため、この同意書に書かれた機関に、書かれた項目の情報を、書かれた目的の範囲で提供し、共有することについて説明を受け、同意します。","同意していない機関・項目・目的には、情報は提供されません。同意しないことや、後から同意を撤回することによって、相談や支援を受けられなくなることはありません。","同意の有効期間は、この同意書に書かれた期間です。期間が過ぎたときは、あらためて確認を受けます。","個人番号(マイナンバー)は、共有しません。"],"easy":["あなたのことを、いっしょに考える人たちに つたえます。","つたえてよい人、つたえてよいことは、あなたが きめます。","あとで「やっぱり やめます」と言うことが できます。やめても、そうだんは つづけられます。"],"withdraw":"同意は、いつでも全部または一部を撤回できます。担当者に口頭で伝えるか、撤回届を出してください。撤回した後は、新たな情報の共有を止めます。すでに作られた記録は、法令に定められた期間保存されます。"}', 0, MIN(recorded_at), ''
FROM consent_record WHERE form_hash = '8b8bf55e9a8ecc33894a65aec33353a42df35ec6d5b228b106d286821885500c' GROUP BY tenant, form_hash;
