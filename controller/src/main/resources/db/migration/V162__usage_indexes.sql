-- What an account uses is summed whenever it takes more, from the index alone.
CREATE INDEX instance_usage ON instance (account) INCLUDE (state, vcpus, memory_mib) WHERE state <> 'TERMINATED';
CREATE INDEX volume_usage ON volume (account) INCLUDE (size_gib);
CREATE INDEX network_interface_usage ON network_interface (account) INCLUDE (public_address) WHERE NOT releasing;
