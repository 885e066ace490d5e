-- How an instance's vCPUs are counted in cores, by the type that it was given, and whether it was asked to be optimized for EBS. What a host alone
-- knows of an instance says neither.
ALTER TABLE instance
    ADD COLUMN threads_per_core integer NOT NULL DEFAULT 1 CHECK (threads_per_core > 0),
    ADD COLUMN ebs_optimized    boolean NOT NULL DEFAULT false;
UPDATE instance i SET threads_per_core = t.threads_per_core
    FROM instance_type t WHERE t.name = i.instance_type AND t.vcpus = i.vcpus;
