-- Why the host takes no new instances for now; null when it does.
ALTER TABLE host ADD COLUMN cordon text CHECK (cordon <> '');
-- How far the host's clock was ahead of the controller's at its last full report, in milliseconds.
ALTER TABLE host ADD COLUMN clock_skew bigint;
