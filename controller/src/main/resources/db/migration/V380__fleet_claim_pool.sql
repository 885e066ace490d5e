-- The resource that a claim was set aside for. What is set aside and held by nobody has a holder that names no resource: the pool, a slash and whatever tells it from the others.
ALTER TABLE host_claim ADD COLUMN pool text;
CREATE INDEX host_claim_pool ON host_claim (pool) WHERE pool IS NOT NULL;
