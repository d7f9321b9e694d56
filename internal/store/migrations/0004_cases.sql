-- Cases, persons, memberships. access_seq is raised by whatever changes who may see documents of the case and by the
-- making of documents, so that the two never overlook each other.
CREATE TABLE case_file (
  tenant     {TEXT} NOT NULL REFERENCES municipality (id),
  id         {TEXT} NOT NULL,
  number     {TEXT} NOT NULL,
  stage      {TEXT} NOT NULL,
  version    {INT} NOT NULL,
  opened_at  {INT} NOT NULL,
  opened_by  {TEXT} NOT NULL,
  updated_at {INT} NOT NULL,
  access_seq {INT} NOT NULL,
  PRIMARY KEY (tenant, id)
) {END};
CREATE UNIQUE INDEX case_number ON case_file (tenant, number);

-- fold is the search copy of the names (search.go); the names themselves are never changed.
CREATE TABLE person (
  tenant         {TEXT} NOT NULL,
  id             {TEXT} NOT NULL,
  case_id        {TEXT} NOT NULL,
  ord            {INT} NOT NULL,
  name           {TEXT} NOT NULL,
  kana           {TEXT} NOT NULL,
  alias          {TEXT} NOT NULL,
  relation       {TEXT} NOT NULL,
  birth          {TEXT} NOT NULL,
  sex            {TEXT} NOT NULL,
  subject        {INT} NOT NULL,
  address_secret {INT} NOT NULL,
  withheld_from  {TEXT} NOT NULL, -- JSON array of agency ids
  updated_at     {INT} NOT NULL,
  fold           {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
CREATE INDEX person_case ON person (tenant, case_id, ord, id);

-- A membership that ended stays; an agency has at most one that has not.
CREATE TABLE case_member (
  tenant    {TEXT} NOT NULL,
  case_id   {TEXT} NOT NULL,
  agency_id {TEXT} NOT NULL,
  since     {INT} NOT NULL,
  ord       {INT} NOT NULL, -- 1, 2, 3 … in the case: the order in which its agencies are shown
  ended_at  {INT},
  note      {TEXT} NOT NULL,
  PRIMARY KEY (tenant, case_id, ord),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, agency_id) REFERENCES agency (tenant, id)
) {END};
CREATE UNIQUE INDEX case_member_current ON case_member (tenant, case_id, agency_id) WHERE ended_at IS NULL;
CREATE INDEX case_member_agency ON case_member (tenant, agency_id, case_id) WHERE ended_at IS NULL;

-- Consent is written once; a withdrawal is written beside it.
CREATE TABLE consent_record (
  tenant          {TEXT} NOT NULL,
  id              {TEXT} NOT NULL,
  case_id         {TEXT} NOT NULL,
  person_id       {TEXT} NOT NULL,
  number          {TEXT} NOT NULL,
  state           {TEXT} NOT NULL,
  grantor         {TEXT} NOT NULL,
  grantor_name    {TEXT} NOT NULL,
  grantor_note    {TEXT} NOT NULL,
  grantor_doc     {TEXT} NOT NULL,
  purposes        {TEXT} NOT NULL, -- JSON array
  purpose_note    {TEXT} NOT NULL,
  scope           {TEXT} NOT NULL, -- JSON object: agency id → items
  others          {TEXT} NOT NULL, -- JSON array
  sources         {TEXT} NOT NULL, -- JSON array
  forms           {TEXT} NOT NULL, -- JSON array
  valid_from      {INT} NOT NULL,
  valid_until     {INT} NOT NULL,
  method          {TEXT} NOT NULL,
  method_note     {TEXT} NOT NULL,
  explained_by    {TEXT} NOT NULL,
  explained_at    {INT} NOT NULL,
  explain_how     {TEXT} NOT NULL,
  evidence_file   {TEXT} NOT NULL,
  evidence_sha256 {TEXT} NOT NULL,
  signature       {TEXT} NOT NULL, -- JSON of the strokes
  copy_given_at   {INT},
  form_version    {TEXT} NOT NULL,
  form_hash       {TEXT} NOT NULL,
  recorded_by     {TEXT} NOT NULL,
  recorded_at     {INT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id),
  FOREIGN KEY (tenant, person_id) REFERENCES person (tenant, id)
) {END};
CREATE UNIQUE INDEX consent_number ON consent_record (tenant, number);
CREATE INDEX consent_case ON consent_record (tenant, case_id, recorded_at, id);

CREATE TABLE consent_withdrawal (
  tenant    {TEXT} NOT NULL,
  id        {TEXT} NOT NULL,
  record_id {TEXT} NOT NULL,
  at        {INT} NOT NULL,
  by_user   {TEXT} NOT NULL,
  by_name   {TEXT} NOT NULL,
  agencies  {TEXT} NOT NULL, -- JSON array, empty = all
  items     {TEXT} NOT NULL, -- JSON array, empty = all
  note      {TEXT} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, record_id) REFERENCES consent_record (tenant, id)
) {END};
CREATE INDEX withdrawal_record ON consent_withdrawal (tenant, record_id, at, id);

-- Evidence sheets. The bytes are encrypted before they come here.
CREATE TABLE file_blob (
  tenant     {TEXT} NOT NULL,
  id         {TEXT} NOT NULL,
  case_id    {TEXT} NOT NULL,
  purpose    {TEXT} NOT NULL,
  name       {TEXT} NOT NULL,
  type       {TEXT} NOT NULL,
  size       {INT} NOT NULL,
  sha256     {TEXT} NOT NULL,
  created_by {TEXT} NOT NULL,
  created_at {INT} NOT NULL,
  sealed     {BLOB} NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, case_id) REFERENCES case_file (tenant, id)
) {END};
