-- Whether a volume was plugged into a machine that ran: then it is attached once the machine's host says that the machine holds it, and not when the volume is merely there.
ALTER TABLE volume_attachment ADD COLUMN live boolean NOT NULL DEFAULT false;
