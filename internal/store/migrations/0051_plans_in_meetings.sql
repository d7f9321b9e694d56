-- Whether an agency has a seat in a meeting about a plan is asked for every plan of a list (scope.go): without this index every meeting of the agency is looked at each time.
CREATE INDEX meeting_plan ON meeting (tenant, plan_id);
