-- The sizes of instances: EC2's own, with its figures, and the operator's.
CREATE TABLE instance_type (
    name             text    PRIMARY KEY,
    vcpus            integer NOT NULL CHECK (vcpus > 0),
    threads_per_core integer NOT NULL CHECK (threads_per_core > 0),
    memory_mib       integer NOT NULL CHECK (memory_mib > 0),
    architecture     text    NOT NULL CHECK (architecture IN ('x86_64', 'arm64')),
    burstable        boolean NOT NULL,
    max_interfaces   integer NOT NULL CHECK (max_interfaces > 0),
    built_in         boolean NOT NULL
);
INSERT INTO instance_type (name, vcpus, threads_per_core, memory_mib, architecture, burstable, max_interfaces, built_in) VALUES
    ('t3.nano', 2, 2, 512, 'x86_64', true, 2, true),
    ('t3.micro', 2, 2, 1024, 'x86_64', true, 2, true),
    ('t3.small', 2, 2, 2048, 'x86_64', true, 3, true),
    ('t3.medium', 2, 2, 4096, 'x86_64', true, 3, true),
    ('t3.large', 2, 2, 8192, 'x86_64', true, 3, true),
    ('t3.xlarge', 4, 2, 16384, 'x86_64', true, 4, true),
    ('t3.2xlarge', 8, 2, 32768, 'x86_64', true, 4, true),
    ('m5.large', 2, 2, 8192, 'x86_64', false, 3, true),
    ('m5.xlarge', 4, 2, 16384, 'x86_64', false, 4, true),
    ('m5.2xlarge', 8, 2, 32768, 'x86_64', false, 4, true),
    ('m5.4xlarge', 16, 2, 65536, 'x86_64', false, 8, true),
    ('m5.8xlarge', 32, 2, 131072, 'x86_64', false, 8, true),
    ('m5.12xlarge', 48, 2, 196608, 'x86_64', false, 8, true),
    ('m5.16xlarge', 64, 2, 262144, 'x86_64', false, 15, true),
    ('m5.24xlarge', 96, 2, 393216, 'x86_64', false, 15, true),
    ('c5.large', 2, 2, 4096, 'x86_64', false, 3, true),
    ('c5.xlarge', 4, 2, 8192, 'x86_64', false, 4, true),
    ('c5.2xlarge', 8, 2, 16384, 'x86_64', false, 4, true),
    ('c5.4xlarge', 16, 2, 32768, 'x86_64', false, 8, true),
    ('c5.9xlarge', 36, 2, 73728, 'x86_64', false, 8, true),
    ('c5.12xlarge', 48, 2, 98304, 'x86_64', false, 8, true),
    ('c5.18xlarge', 72, 2, 147456, 'x86_64', false, 15, true),
    ('c5.24xlarge', 96, 2, 196608, 'x86_64', false, 15, true),
    ('r5.large', 2, 2, 16384, 'x86_64', false, 3, true),
    ('r5.xlarge', 4, 2, 32768, 'x86_64', false, 4, true),
    ('r5.2xlarge', 8, 2, 65536, 'x86_64', false, 4, true),
    ('r5.4xlarge', 16, 2, 131072, 'x86_64', false, 8, true),
    ('r5.8xlarge', 32, 2, 262144, 'x86_64', false, 8, true),
    ('r5.12xlarge', 48, 2, 393216, 'x86_64', false, 8, true),
    ('r5.16xlarge', 64, 2, 524288, 'x86_64', false, 15, true),
    ('r5.24xlarge', 96, 2, 786432, 'x86_64', false, 15, true);

CREATE TABLE key_pair (
    id          text        PRIMARY KEY,
    account     text        NOT NULL,
    name        text        NOT NULL,
    type        text        NOT NULL CHECK (type IN ('RSA', 'ED25519')),
    fingerprint text        NOT NULL,
    public_key  text        NOT NULL,
    created     timestamptz NOT NULL,
    UNIQUE (account, name)
);

-- What a tenant has. Which states may follow which is said by InstanceTransitions; a state that must not last has a deadline.
CREATE TABLE instance (
    id                      text        PRIMARY KEY,
    account                 text        NOT NULL,
    reservation             text        NOT NULL,
    launch_index            integer     NOT NULL,
    image                   text        NOT NULL,
    instance_type           text        NOT NULL,
    vcpus                   integer     NOT NULL,
    memory_mib              integer     NOT NULL,
    architecture            text        NOT NULL,
    boot_mode               text        NOT NULL,
    zone                    text        NOT NULL,
    root_device             text        NOT NULL,
    key_name                text,
    public_key              text,
    user_data               text,
    shutdown_behavior       text        NOT NULL CHECK (shutdown_behavior IN ('STOP', 'TERMINATE')),
    disable_api_termination boolean     NOT NULL,
    metadata_endpoint       boolean     NOT NULL,
    metadata_tokens         boolean     NOT NULL,
    metadata_hop_limit      integer     NOT NULL CHECK (metadata_hop_limit BETWEEN 1 AND 64),
    metadata_tags           boolean     NOT NULL,
    client_token            text,
    state                   text        NOT NULL
        CHECK (state IN ('PENDING', 'RUNNING', 'SHUTTING_DOWN', 'TERMINATED', 'STOPPING', 'STOPPED')),
    state_since             timestamptz NOT NULL,
    deadline                timestamptz,
    reason_code             text,
    reason_message          text,
    transition_reason       text        NOT NULL,
    launched                timestamptz NOT NULL,
    has_run                 boolean     NOT NULL,
    CHECK ((deadline IS NOT NULL) = (state IN ('PENDING', 'SHUTTING_DOWN', 'STOPPING'))),
    CHECK ((reason_code IS NULL) = (reason_message IS NULL))
);
CREATE INDEX instance_account ON instance (account, id);
CREATE INDEX instance_reservation ON instance (reservation);
CREATE INDEX instance_deadline ON instance (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX instance_terminated ON instance (state_since) WHERE state = 'TERMINATED';
CREATE INDEX instance_key ON instance (account, key_name) WHERE key_name IS NOT NULL;

-- An instance's place on a host: what the host was told and what it last saw. The row goes when the host has proved the domain gone.
CREATE TABLE vm (
    instance       text        PRIMARY KEY REFERENCES instance,
    host           text        NOT NULL,
    generation     bigint      NOT NULL,
    presence       text        NOT NULL CHECK (presence IN ('PRESENT', 'ABSENT')),
    power          text        NOT NULL CHECK (power IN ('ON', 'OFF')),
    stop_mode      text        NOT NULL CHECK (stop_mode IN ('GRACEFUL', 'FORCE')),
    observed       text,
    observed_since timestamptz,
    failure        text
);
CREATE INDEX vm_host ON vm (host);

-- What was last read of an instance's serial console.
CREATE TABLE instance_console (
    instance text        PRIMARY KEY REFERENCES instance ON DELETE CASCADE,
    read     timestamptz NOT NULL,
    output   text        NOT NULL
);
