-- Whether an instance may be hibernated, which its launch says once and for all.
ALTER TABLE instance ADD COLUMN hibernation boolean NOT NULL DEFAULT false;

ALTER TABLE vm
    DROP CONSTRAINT vm_stop_mode_check,
    ADD CONSTRAINT vm_stop_mode_check CHECK (stop_mode IN ('GRACEFUL', 'FORCE', 'HIBERNATE'));
