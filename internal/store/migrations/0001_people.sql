-- Municipalities, agencies, people who sign in. {TEXT}, {INT}, {BLOB} and {END} are words of dialect.go.
CREATE TABLE municipality (
  id         {TEXT} PRIMARY KEY,
  name       {TEXT} NOT NULL,
  code       {TEXT} NOT NULL,
  demo       {INT} NOT NULL,
  created_at {INT} NOT NULL
) {END};
CREATE UNIQUE INDEX municipality_code ON municipality (code);

CREATE TABLE agency (
  tenant   {TEXT} NOT NULL REFERENCES municipality (id),
  id       {TEXT} NOT NULL,
  name     {TEXT} NOT NULL,
  short    {TEXT} NOT NULL,
  category {TEXT} NOT NULL,
  city     {INT} NOT NULL,
  active   {INT} NOT NULL,
  PRIMARY KEY (tenant, id)
) {END};

-- A number per municipality, name and 年度: ケースID, 文書番号.
CREATE TABLE counter (
  tenant {TEXT} NOT NULL,
  name   {TEXT} NOT NULL,
  year   {INT} NOT NULL,
  n      {INT} NOT NULL,
  PRIMARY KEY (tenant, name, year)
) {END};
