-- What an instance's status checks say by its host's last report, why, and since when one of them fails.
ALTER TABLE vm
    ADD COLUMN instance_check text,
    ADD COLUMN system_check   text,
    ADD COLUMN check_reason   text,
    ADD COLUMN impaired_since timestamptz;
UPDATE vm SET instance_check = 'OK', system_check = 'OK' WHERE observed = 'READY';
UPDATE vm SET instance_check = 'IMPAIRED', system_check = 'IMPAIRED', check_reason = failure, impaired_since = observed_since
WHERE observed = 'FAILED';
