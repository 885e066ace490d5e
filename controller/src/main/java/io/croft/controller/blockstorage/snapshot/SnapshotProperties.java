package io.croft.controller.blockstorage.snapshot;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The snapshot store's settings ({@code croft.snapshots.*}).
 *
 * @param reserve what is left free on the controller's disk: blocks that would take of it are refused
 * @param retention how long a deleted snapshot can be had back from the recycle bin; none for no recycle bin
 */
@ConfigurationProperties("croft.snapshots")
record SnapshotProperties(
        @DefaultValue("2GB") DataSize reserve,
        @DefaultValue("0") Duration retention) {}
