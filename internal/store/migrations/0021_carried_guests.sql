-- 1: the guest came along from the case before, on the word of who runs the meeting; secrecy is confirmed anew inside.
ALTER TABLE guest_link ADD COLUMN carried {INT} NOT NULL DEFAULT 0;
