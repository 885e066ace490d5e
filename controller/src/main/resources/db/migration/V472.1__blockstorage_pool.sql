-- Pools of hosts that take nothing new: what is in one stays.
CREATE TABLE storage_pool_drain (
    host    text NOT NULL REFERENCES host (id) ON DELETE CASCADE,
    backend text NOT NULL,
    reason  text NOT NULL CHECK (length(reason) BETWEEN 1 AND 255),
    PRIMARY KEY (host, backend)
);
