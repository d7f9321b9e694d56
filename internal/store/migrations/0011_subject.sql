-- One account for each person of the sign-in service.
CREATE UNIQUE INDEX app_user_subject ON app_user (tenant, subject) WHERE subject <> '';
