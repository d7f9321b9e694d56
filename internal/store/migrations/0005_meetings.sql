-- Plans, their versions, the answers to roles; meetings as lists of events.
CREATE TABLE plan (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  case_id     {TEXT} NOT NULL,
  round       {INT} NOT NULL,
  previous_id {TEXT} NOT NULL,
  created_at  {INT} NOT NULL,
  created_by  {TEXT} NOT NULL,
  created_for {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE UNIQUE INDEX plan_round ON plan (tenant, case_id, round);

CREATE TABLE plan_version (
  tenant     {TEXT} NOT NULL,
  plan_id    {TEXT} NOT NULL,
  n          {INT} NOT NULL,
  case_id    {TEXT} NOT NULL,
  state      {TEXT} NOT NULL,
  hash       {TEXT} NOT NULL,
  canonical  {BLOB},
  docs       {TEXT} NOT NULL, -- JSON array of document heads
  meeting_id {TEXT} NOT NULL,
  frozen_at  {INT} NOT NULL,
  frozen_by  {TEXT} NOT NULL,
  ended_at   {INT},
  PRIMARY KEY (tenant, plan_id, n),
  FOREIGN KEY (tenant, plan_id) REFERENCES plan (tenant, id)
) {END};

-- Answers are only ever added; the newest of plan, action and agency counts.
CREATE TABLE role_answer (
  tenant      {TEXT} NOT NULL,
  id          {TEXT} NOT NULL,
  plan_id     {TEXT} NOT NULL,
  doc_id      {TEXT} NOT NULL,
  action_id   {TEXT} NOT NULL,
  agency_id   {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  answer      {TEXT} NOT NULL,
  reason      {TEXT} NOT NULL,
  due         {TEXT} NOT NULL,
  cell_hash   {TEXT} NOT NULL,
  user_id     {TEXT} NOT NULL,
  user_name   {TEXT} NOT NULL,
  user_post   {TEXT} NOT NULL,
  meeting_id  {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, plan_id) REFERENCES plan (tenant, id)
) {END};
CREATE INDEX role_answer_plan ON role_answer (tenant, plan_id, at, id);

CREATE TABLE meeting_type (
  tenant         {TEXT} NOT NULL REFERENCES municipality (id),
  id             {TEXT} NOT NULL,
  effective_from {TEXT} NOT NULL,
  body           {TEXT} NOT NULL, -- JSON
  PRIMARY KEY (tenant, id, effective_from)
) {END};

CREATE TABLE meeting (
  tenant        {TEXT} NOT NULL,
  id            {TEXT} NOT NULL,
  case_id       {TEXT} NOT NULL,
  plan_id       {TEXT} NOT NULL,
  no            {INT} NOT NULL,
  title         {TEXT} NOT NULL,
  type_id       {TEXT} NOT NULL,
  type          {TEXT} NOT NULL, -- JSON: the type as it was
  mode          {TEXT} NOT NULL,
  planned_start {INT} NOT NULL,
  planned_end   {INT} NOT NULL,
  place         {TEXT} NOT NULL,
  form          {TEXT} NOT NULL,
  chair_id      {TEXT} NOT NULL,
  deputy_ids    {TEXT} NOT NULL, -- JSON array
  recorder_id   {TEXT} NOT NULL,
  status        {TEXT} NOT NULL,
  seq           {INT} NOT NULL,
  opened_at     {INT},
  closed_at     {INT},
  created_at    {INT} NOT NULL,
  created_by    {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE UNIQUE INDEX meeting_no ON meeting (tenant, case_id, type_id, no);
CREATE INDEX meeting_start ON meeting (tenant, planned_start, id);

-- Agencies with a seat now: they see the meeting.
CREATE TABLE meeting_agency (
  tenant     {TEXT} NOT NULL,
  meeting_id {TEXT} NOT NULL,
  agency_id  {TEXT} NOT NULL,
  PRIMARY KEY (tenant, meeting_id, agency_id),
  FOREIGN KEY (tenant, meeting_id) REFERENCES meeting (tenant, id)
) {END};
CREATE INDEX meeting_agency_agency ON meeting_agency (tenant, agency_id, meeting_id);

CREATE TABLE meeting_event (
  tenant      {TEXT} NOT NULL,
  meeting_id  {TEXT} NOT NULL,
  seq         {INT} NOT NULL,
  kind        {TEXT} NOT NULL,
  at          {INT} NOT NULL,
  actor_id    {TEXT} NOT NULL,
  actor_name  {TEXT} NOT NULL,
  actor_post  {TEXT} NOT NULL,
  agency_id   {TEXT} NOT NULL,
  agency_name {TEXT} NOT NULL,
  data        {TEXT} NOT NULL, -- JSON
  PRIMARY KEY (tenant, meeting_id, seq),
  FOREIGN KEY (tenant, meeting_id) REFERENCES meeting (tenant, id)
) {END};

-- A closing between its two transactions. A node that finds one without a living lease finishes it.
CREATE TABLE meeting_closing (
  tenant      {TEXT} NOT NULL,
  meeting_id  {TEXT} NOT NULL,
  seq         {INT} NOT NULL,
  at          {INT} NOT NULL,
  by_user     {TEXT} NOT NULL,
  heads       {TEXT} NOT NULL, -- JSON object: document id → head
  numbers     {TEXT} NOT NULL, -- JSON object: paper kind → 文書番号
  checkpoint  {TEXT} NOT NULL,
  facts       {BLOB} NOT NULL,
  lease_by    {TEXT} NOT NULL,
  lease_until {INT} NOT NULL,
  PRIMARY KEY (tenant, meeting_id),
  FOREIGN KEY (tenant, meeting_id) REFERENCES meeting (tenant, id)
) {END};

CREATE TABLE minutes_version (
  tenant     {TEXT} NOT NULL,
  meeting_id {TEXT} NOT NULL,
  n          {INT} NOT NULL,
  hash       {TEXT} NOT NULL,
  content    {BLOB} NOT NULL,
  pdf        {BLOB},
  sha256     {TEXT} NOT NULL,
  at         {INT} NOT NULL,
  ended_at   {INT},
  PRIMARY KEY (tenant, meeting_id, n),
  FOREIGN KEY (tenant, meeting_id) REFERENCES meeting (tenant, id)
) {END};
