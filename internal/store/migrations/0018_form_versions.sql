-- 様式の版: what a municipality has changed in its forms, whole, in the order of the changes.
CREATE TABLE form_version (
  tenant         {TEXT} NOT NULL,
  n              {INT} NOT NULL,
  effective_from {TEXT} NOT NULL, -- 適用開始日
  change         {TEXT} NOT NULL, -- JSON
  at             {INT} NOT NULL,
  by_user        {TEXT} NOT NULL,
  by_name        {TEXT} NOT NULL,
  PRIMARY KEY (tenant, n)
) {END};
