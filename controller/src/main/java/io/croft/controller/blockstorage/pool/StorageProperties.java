package io.croft.controller.blockstorage.pool;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The operator's word on storage ({@code croft.storage.*}).
 *
 * @param backends the storage driver that keeps volumes of a type, by the type's name, as in {@code io2: lvm}; hosts that do not offer it take none of that type
 * @param preferred the drivers for volumes of all other types: the first that the host offers; what it offers besides comes after them
 * @param fullPercent of a pool's data or metadata: from there on it takes nothing new
 * @param alarmPercent the same: from there on somebody is to look
 */
@ConfigurationProperties("croft.storage")
public record StorageProperties(
        @DefaultValue Map<String, String> backends,
        @DefaultValue({"lvm", "file"}) List<String> preferred,
        @DefaultValue("85") int fullPercent,
        @DefaultValue("80") int alarmPercent) {
    public StorageProperties {
        backends = Map.copyOf(backends);
        preferred = List.copyOf(preferred);
    }
}
