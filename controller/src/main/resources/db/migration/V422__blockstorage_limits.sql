-- Whether the volume's host has been told how fast the volume may be used. Those of before were not: they are told when the controller has started.
ALTER TABLE volume ADD COLUMN limits_told boolean NOT NULL DEFAULT false;
ALTER TABLE volume ALTER COLUMN limits_told SET DEFAULT true;
