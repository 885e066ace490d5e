-- What the operator decided of something frozen; taken by the next merge of its host.
CREATE TABLE restore_choice (
    decision text PRIMARY KEY,
    choice   text NOT NULL CHECK (choice IN ('STOPPED', 'TERMINATED', 'HOST')),
    host     text,
    CHECK ((host IS NOT NULL) = (choice = 'HOST'))
);
