-- When a host was asked to take a snapshot: one that is not taken soon is of another moment than it says.
ALTER TABLE snapshot_capture ADD COLUMN begun timestamptz NOT NULL DEFAULT now();
