package io.croft.controller.blockstorage.pool;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The hosts' pools: {@code croft.storage.pool.bytes} by {@code host}, {@code zone}, {@code backend} and {@code of} ({@code total}, {@code free}, {@code promisable} and, where the host tells, {@code provisioned}), and
 * {@code croft.storage.pool.percent} of those that have {@code data} and {@code metadata}. Also says once in the log that one fills up, and that it has room again.
 */
@Component
class StoragePoolMeters {
    private static final Logger log = LoggerFactory.getLogger(StoragePoolMeters.class);

    private final StoragePools pools;
    private final MultiGauge bytes;
    private final MultiGauge percent;
    private final Map<String, StoragePoolView.State> told = new HashMap<>();

    StoragePoolMeters(StoragePools pools, MeterRegistry meters) {
        this.pools = pools;
        this.bytes = MultiGauge.builder("croft.storage.pool.bytes").register(meters);
        this.percent = MultiGauge.builder("croft.storage.pool.percent").register(meters);
    }

    @Scheduled(fixedDelayString = "PT10S")
    void look() {
        var now = pools.list();
        bytes.register(now.stream().flatMap(p -> bytes(p).stream()).toList(), true);
        percent.register(now.stream().flatMap(p -> percent(p).stream()).toList(), true);
        now.forEach(this::tell);
    }

    private static List<Row<?>> bytes(StoragePoolView view) {
        var pool = view.pool();
        var rows = new ArrayList<Row<?>>(List.of(
                Row.of(tags(view, "total"), pool.totalBytes()),
                Row.of(tags(view, "free"), pool.freeBytes()),
                Row.of(tags(view, "promisable"), view.promisableBytes())));
        var provisioned = pool.provisionedBytes();
        if (provisioned != null) {
            rows.add(Row.of(tags(view, "provisioned"), provisioned));
        }
        return rows;
    }

    private static List<Row<?>> percent(StoragePoolView view) {
        var data = view.pool().dataPercent();
        var metadata = view.pool().metadataPercent();
        return data == null || metadata == null
                ? List.of()
                : List.of(Row.of(tags(view, "data"), data), Row.of(tags(view, "metadata"), metadata));
    }

    private static Tags tags(StoragePoolView view, String of) {
        return Tags.of(
                "host",
                view.hostName(),
                "zone",
                view.zone(),
                "backend",
                view.pool().backend(),
                "of",
                of);
    }

    private void tell(StoragePoolView view) {
        var before = told.put(view.host() + "/" + view.pool().backend(), view.state());
        if (before == view.state() || (before == null && view.state() == StoragePoolView.State.OPEN)) {
            return;
        }
        var level = switch (view.state()) {
            case FILLING, FULL -> log.atWarn();
            case OPEN, DRAINED -> log.atInfo();
        };
        level.addKeyValue("host", view.host())
                .addKeyValue("backend", view.pool().backend())
                .addKeyValue("state", view.state())
                .addKeyValue("dataPercent", view.pool().dataPercent())
                .addKeyValue("metadataPercent", view.pool().metadataPercent())
                .log("A storage pool is in another state");
    }
}
