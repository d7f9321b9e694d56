-- 外字: characters of names that no face prints, with code, reading and picture.
CREATE TABLE gaiji (
  tenant    {TEXT} NOT NULL,
  id        {TEXT} NOT NULL,
  letters   {TEXT} NOT NULL, -- as it is written in texts
  code_kind {TEXT} NOT NULL, -- mj, koseki, juki, other
  code      {TEXT} NOT NULL,
  reading   {TEXT} NOT NULL,
  note      {TEXT} NOT NULL,
  picture   {BLOB} NOT NULL, -- PNG, written by Kasane
  retired   {INT} NOT NULL,
  n         {INT} NOT NULL,  -- counts the changes of the row
  at        {INT} NOT NULL,
  by_user   {TEXT} NOT NULL,
  by_name   {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, letters)
) {END};
