-- Whether EC2 would go on with a volume whose data it doubts, as its owner set it. Nothing here doubts a volume's data, so nothing reads it but who asks for it.
ALTER TABLE volume ADD COLUMN auto_enable_io boolean NOT NULL DEFAULT false;
