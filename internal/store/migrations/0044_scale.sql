-- What the lists of a municipality with many cases go over. The number of a meeting is unique among those that were not cancelled, so that index serves no question
-- about the meetings of a case.
CREATE INDEX meeting_case ON meeting (tenant, case_id, planned_start);
CREATE INDEX meeting_status ON meeting (tenant, status, planned_start, id);
CREATE INDEX meeting_closed ON meeting (tenant, closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX case_stage_number ON case_file (tenant, stage, number);
CREATE INDEX case_opened ON case_file (tenant, opened_at, id);
CREATE INDEX plan_version_meeting ON plan_version (tenant, meeting_id, state);
CREATE INDEX intake_newest ON intake (tenant, at, id);
DROP INDEX intake_at;
CREATE INDEX lead_offer_waiting ON lead_offer (tenant, at, id) WHERE state IN ('asked', 'takeback');
CREATE INDEX referral_at ON referral (tenant, at, id);

-- The pairs of letters in the folded names of a household: a name is looked for among the cases that have its pairs, and then looked at itself (search.go). A copy that can
-- be made anew.
CREATE TABLE name_pair (
  tenant  {TEXT} NOT NULL,
  pair    {TEXT} NOT NULL,
  case_id {TEXT} NOT NULL,
  PRIMARY KEY (tenant, pair, case_id)
) {KEYED};
-- Households whose pairs were written; one that is not here was made before there were any.
CREATE TABLE name_paired (
  tenant  {TEXT} NOT NULL,
  case_id {TEXT} NOT NULL,
  PRIMARY KEY (tenant, case_id)
) {KEYED};
