package io.croft.agent;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator decides about volumes on LVM.
 *
 * @param volumeGroup the volume group in which they are kept; null for none, and then the host does not offer them
 * @param pool the thin pool in it; one that is not there is made from 95 % of what is free in the group then
 * @param fullPercent of the pool's data or metadata: nothing is made or made larger from there on, so that what is there can still be written to
 */
@ConfigurationProperties("croft.storage.lvm")
public record LvmSettings(
        @Nullable String volumeGroup,
        @DefaultValue("croft-pool") String pool,
        @DefaultValue("85") int fullPercent) {
    /** As LVM takes them, and none that could be read as an option or a path. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.+][a-zA-Z0-9_.+-]{0,62}");

    public LvmSettings {
        if (volumeGroup != null && !wellFormed(volumeGroup)) {
            throw new IllegalArgumentException(
                    "croft.storage.lvm.volume-group is no volume group's name: \"" + volumeGroup + "\"");
        }
        if (!wellFormed(pool)) {
            throw new IllegalArgumentException("croft.storage.lvm.pool is no pool's name: \"" + pool + "\"");
        }
        if (fullPercent < 0 || fullPercent > 100) {
            throw new IllegalArgumentException("croft.storage.lvm.full-percent is from 0 to 100, not " + fullPercent);
        }
    }

    private static boolean wellFormed(String name) {
        return NAME.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }
}
