package io.croft.agent.storage.lvm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A logical volume as {@code lvs} reports it.
 *
 * @param open whether somebody has its device open
 * @param pool the thin pool that it is in; empty for one that is in none
 * @param origin what it is a snapshot of, while that is there; empty otherwise
 * @param zeroes of a pool, whether what it gives away reads as zeros first
 * @param writtenBytes of a volume in a thin pool, how much of it has been written, to a ten thousandth of its size; 0 of what does not tell
 * @param used what a pool has given away of itself; empty of what is no pool, or not active
 */
record LogicalVolume(
        String name,
        Set<String> tags,
        long sizeBytes,
        boolean active,
        boolean open,
        String pool,
        String origin,
        String type,
        Instant created,
        boolean zeroes,
        long writtenBytes,
        Optional<Used> used) {
    /** What {@link #read} needs. */
    static final String FIELDS =
            "lv_name,lv_tags,lv_size,lv_active,lv_device_open,pool_lv,origin,segtype,lv_time,zero,data_percent,metadata_percent";

    LogicalVolume {
        tags = Set.copyOf(tags);
    }

    /**
     * What is given away of a pool, in per cent.
     *
     * @param data of the room for what is written
     * @param metadata of the room for where it is
     */
    record Used(double data, double metadata) {}

    static LogicalVolume read(JsonNode row) {
        var size = Long.parseLong(text(row, "lv_size"));
        return new LogicalVolume(
                text(row, "lv_name"),
                Set.copyOf(List.of(text(row, "lv_tags").split(","))),
                size,
                text(row, "lv_active").equals("active"),
                text(row, "lv_device_open").equals("open"),
                text(row, "pool_lv"),
                text(row, "origin"),
                text(row, "segtype"),
                created(row),
                !text(row, "zero").isEmpty(),
                written(row, size),
                used(row));
    }

    /** Of one so old that LVM does not know, which is none of ours, the farthest future. */
    private static Instant created(JsonNode row) {
        var seconds = text(row, "lv_time");
        return seconds.isEmpty() ? Instant.MAX : Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private static long written(JsonNode row, long size) {
        var data = text(row, "data_percent");
        return data.isEmpty() ? 0 : Math.round(size * Double.parseDouble(data) / 100);
    }

    private static Optional<Used> used(JsonNode row) {
        var data = text(row, "data_percent");
        var metadata = text(row, "metadata_percent");
        return data.isEmpty() || metadata.isEmpty()
                ? Optional.empty()
                : Optional.of(new Used(Double.parseDouble(data), Double.parseDouble(metadata)));
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asString("").strip();
    }

    /** Whether it is ours. */
    boolean ours() {
        return tags.contains(VolumeGroup.TAG);
    }
}
