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

CREATE UNIQUE INDEX agency_name ON agency (tenant, name);

CREATE TABLE app_user (
  tenant        {TEXT} NOT NULL,
  id            {TEXT} NOT NULL,
  agency_id     {TEXT} NOT NULL,
  login         {TEXT} NOT NULL,
  name          {TEXT} NOT NULL,
  kana          {TEXT} NOT NULL,
  post          {TEXT} NOT NULL,
  roles         {TEXT} NOT NULL, -- JSON array
  disabled      {INT} NOT NULL,
  password_hash {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, agency_id) REFERENCES agency (tenant, id)
) {END};
CREATE UNIQUE INDEX app_user_login ON app_user (tenant, login);

CREATE TABLE session (
  tenant     {TEXT} NOT NULL REFERENCES municipality (id),
  hash       {TEXT} NOT NULL, -- of the token; the token is nowhere
  user_id    {TEXT} NOT NULL, -- '' for a guest
  guest_id   {TEXT} NOT NULL, -- '' for a user
  created_at {INT} NOT NULL,
  last_seen  {INT} NOT NULL,
  expires_at {INT} NOT NULL,
  ip         {TEXT} NOT NULL,
  PRIMARY KEY (tenant, hash)
) {END};
CREATE UNIQUE INDEX session_hash ON session (hash);
CREATE INDEX session_by_user ON session (tenant, user_id);
CREATE INDEX session_by_guest ON session (tenant, guest_id);

-- Counts of sign-in attempts; attempt_key is a kind and a hash, never a login.
CREATE TABLE sign_in_attempt (
  tenant       {TEXT} NOT NULL,
  attempt_key  {TEXT} NOT NULL,
  n            {INT} NOT NULL,
  first_at     {INT} NOT NULL,
  locked_until {INT} NOT NULL,
  PRIMARY KEY (tenant, attempt_key)
) {END};

CREATE TABLE guest_link (
  tenant     {TEXT} NOT NULL,
  id         {TEXT} NOT NULL,
  meeting_id {TEXT} NOT NULL,
  token_hash {TEXT} NOT NULL,
  pin_hash   {TEXT} NOT NULL,
  name       {TEXT} NOT NULL,
  kana       {TEXT} NOT NULL,
  agency_id  {TEXT} NOT NULL,
  post       {TEXT} NOT NULL,
  created_by {TEXT} NOT NULL,
  created_at {INT} NOT NULL,
  expires_at {INT} NOT NULL,
  attempts   {INT} NOT NULL,
  used_at    {INT},
  revoked_at {INT},
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, agency_id) REFERENCES agency (tenant, id)
) {END};
CREATE UNIQUE INDEX guest_link_token ON guest_link (token_hash);
CREATE INDEX guest_link_meeting ON guest_link (tenant, meeting_id, id);

-- One number per municipality and series (ケースID, 同意書番号, 文書番号 of a 年度).
CREATE TABLE counter (
  tenant {TEXT} NOT NULL,
  series {TEXT} NOT NULL,
  n      {INT} NOT NULL,
  PRIMARY KEY (tenant, series)
) {END};
