-- What the list of 参加支援 over all cases is ordered by and counted from; both follow from the steps and can be made anew: '' = not yet (joinings.go).
ALTER TABLE joining ADD COLUMN state {TEXT} NOT NULL DEFAULT '';
ALTER TABLE joining ADD COLUMN last_on {TEXT} NOT NULL DEFAULT '';
CREATE INDEX joining_quiet ON joining (tenant, last_on, id) WHERE ended_on = '';
CREATE INDEX joining_state ON joining (tenant, state, last_on, id);
