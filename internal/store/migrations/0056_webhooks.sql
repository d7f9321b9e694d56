-- 連携先への通知 (webhooks): addresses of systems that are told what happened. Nothing of a person stands in these tables but who set an address up.
CREATE TABLE webhook_endpoint (
  tenant        {TEXT} NOT NULL,
  id            {TEXT} NOT NULL,
  agency_id     {TEXT} NOT NULL, -- whose system it is
  url           {TEXT} NOT NULL,
  note          {TEXT} NOT NULL,
  kinds         {TEXT} NOT NULL, -- JSON
  made_at       {INT} NOT NULL,
  made_by       {TEXT} NOT NULL,
  made_name     {TEXT} NOT NULL,
  off_at        {INT},
  off_why       {TEXT} NOT NULL, -- hand, gone, failing; '' = on
  failing_since {INT}, -- nothing has got through since
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, agency_id) REFERENCES agency (tenant, id)
) {END};

-- The secrets that sign: the one in force, and for a time the one before it. Sealed with the key of the municipality; each opens in its own place only.
CREATE TABLE webhook_secret (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  endpoint_id {TEXT} NOT NULL,
  sealed      {BLOB} NOT NULL,
  made_at     {INT} NOT NULL,
  until_at    {INT}, -- it signs no longer after that
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, endpoint_id) REFERENCES webhook_endpoint (tenant, id)
) {END};
CREATE INDEX webhook_secret_of ON webhook_secret (tenant, endpoint_id);

-- What is told, written with what happened. state: waiting, sending, then sent, failed (given up) or dropped (the address was switched off).
-- due_at: when to try next; of sending: when nobody is sending it any more. claim goes up each time somebody takes it: who had it before ends it no more.
CREATE TABLE webhook_delivery (
  tenant      {TEXT} NOT NULL,
  endpoint_id {TEXT} NOT NULL,
  id          {TEXT} NOT NULL, -- of the event, the same for every address
  kind        {TEXT} NOT NULL,
  body        {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  state       {TEXT} NOT NULL,
  tries       {INT} NOT NULL,
  claim       {INT} NOT NULL,
  due_at      {INT} NOT NULL,
  tried_at    {INT},
  ended_at    {INT},
  code        {INT} NOT NULL,
  why         {TEXT} NOT NULL,
  PRIMARY KEY (tenant, endpoint_id, id),
  FOREIGN KEY (tenant, endpoint_id) REFERENCES webhook_endpoint (tenant, id)
) {END};
CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE ended_at IS NULL;
CREATE INDEX webhook_delivery_list ON webhook_delivery (tenant, endpoint_id, at);
CREATE INDEX webhook_delivery_state ON webhook_delivery (tenant, endpoint_id, state, ended_at);
CREATE INDEX webhook_delivery_at ON webhook_delivery (at);
