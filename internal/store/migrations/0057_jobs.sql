-- 処理: work that goes on in the background. Nothing of a person stands in it: what was given and what was made lie sealed in job_part.
-- state: waiting, running, then done, failed or stopped. turn goes up each time somebody takes it: who had it before writes nothing any more.
CREATE TABLE job (
  tenant     {TEXT} NOT NULL REFERENCES municipality (id),
  id         {TEXT} NOT NULL,
  kind       {TEXT} NOT NULL,
  state      {TEXT} NOT NULL,
  by_user    {TEXT} NOT NULL, -- '' = by itself
  asked      {TEXT} NOT NULL, -- JSON: numbers and ids
  made_at    {INT} NOT NULL,
  started_at {INT},
  beat_at    {INT},
  ended_at   {INT},
  node       {TEXT} NOT NULL, -- who has it, or had it last
  turn       {INT} NOT NULL,
  due_at     {INT} NOT NULL, -- when it may be taken: of waiting ones at once or after a pause, of running ones when the heart of who has it stopped
  done       {INT} NOT NULL,
  total      {INT} NOT NULL, -- 0 = not known
  stop       {INT} NOT NULL, -- 取消 was asked for
  said       {TEXT} NOT NULL, -- what came of it
  trouble    {TEXT} NOT NULL, -- why it failed
  takeable   {INT} NOT NULL, -- there is something to fetch
  PRIMARY KEY (tenant, id)
) {END};
CREATE INDEX job_due ON job (due_at) WHERE ended_at IS NULL;
CREATE INDEX job_made ON job (tenant, made_at);

-- side: given (by who asked) or made. body is sealed with the key of the municipality and opens in its own place only.
CREATE TABLE job_part (
  tenant {TEXT} NOT NULL,
  job_id {TEXT} NOT NULL,
  side   {TEXT} NOT NULL,
  n      {INT} NOT NULL,
  sum    {TEXT} NOT NULL, -- hash of what is within, with the job: what was made once is not written again
  body   {BLOB} NOT NULL,
  PRIMARY KEY (tenant, job_id, side, n),
  FOREIGN KEY (tenant, job_id) REFERENCES job (tenant, id)
) {END};
