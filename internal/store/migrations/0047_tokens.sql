-- 連携用トークン: what a system of the municipality's own signs its requests with. Of the token itself only the hash is kept.
CREATE TABLE api_token (
  tenant     {TEXT} NOT NULL,
  id         {TEXT} NOT NULL,
  hash       {TEXT} NOT NULL,
  agency_id  {TEXT} NOT NULL,
  name       {TEXT} NOT NULL,
  scopes     {TEXT} NOT NULL, -- JSON
  addresses  {TEXT} NOT NULL, -- JSON, CIDR; [] = those of the agency
  made_at    {INT} NOT NULL,
  made_by    {TEXT} NOT NULL,
  made_name  {TEXT} NOT NULL,
  expires_at {INT} NOT NULL,
  ended_at   {INT}, -- revoked
  used_at    {INT},
  used_ip    {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, agency_id) REFERENCES agency (tenant, id)
) {END};
CREATE INDEX api_token_hash ON api_token (hash);
