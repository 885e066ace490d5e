-- Grows with each deactivation: a temporary key is sealed with the number of its time and is of no use after it.
ALTER TABLE access_key ADD COLUMN deactivations integer NOT NULL DEFAULT 0;
