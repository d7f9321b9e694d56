-- はじめの設定: who to call at an agency, from which 年度 the municipality works with Kasane, how far it has come, its mark.
ALTER TABLE agency ADD COLUMN contact {TEXT} NOT NULL DEFAULT '';
ALTER TABLE agency ADD COLUMN phone {TEXT} NOT NULL DEFAULT '';

-- Several municipalities of an installation may not know their code yet.
DROP INDEX municipality_code;
CREATE UNIQUE INDEX municipality_code ON municipality (code) WHERE code <> '';

CREATE TABLE first_run (
  tenant     {TEXT} NOT NULL REFERENCES municipality (id),
  since_year {INT} NOT NULL, -- the 年度 begins in April of it; 0 = not said
  aside      {INT} NOT NULL, -- 後回し: the screens do not ask any more
  PRIMARY KEY (tenant)
) {END};

-- Whoever works with Kasane already is not asked.
INSERT INTO first_run (tenant, since_year, aside) SELECT id, 0, 1 FROM municipality;

CREATE TABLE first_run_step (
  tenant  {TEXT} NOT NULL REFERENCES municipality (id),
  step    {TEXT} NOT NULL,
  at      {INT} NOT NULL,
  by_user {TEXT} NOT NULL,
  by_name {TEXT} NOT NULL,
  PRIMARY KEY (tenant, step)
) {END};

CREATE TABLE municipality_logo (
  tenant  {TEXT} NOT NULL REFERENCES municipality (id),
  picture {BLOB} NOT NULL, -- PNG, written by Kasane
  width   {INT} NOT NULL,
  height  {INT} NOT NULL,
  stamp   {TEXT} NOT NULL, -- of the picture
  at      {INT} NOT NULL,
  by_user {TEXT} NOT NULL,
  by_name {TEXT} NOT NULL,
  PRIMARY KEY (tenant)
) {END};
