ALTER TABLE image
    DROP CONSTRAINT image_architecture_check,
    ADD CONSTRAINT image_architecture_check CHECK (architecture IN ('i386', 'x86_64', 'arm64'));
