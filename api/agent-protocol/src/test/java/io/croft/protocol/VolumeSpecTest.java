package io.croft.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class VolumeSpecTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static VolumeSpec volume(String told, @Nullable SnapshotId snapshot) {
        return new VolumeSpec(
                new VolumeId("vol-0123456789abcdef0"),
                new AccountId("123456789012"),
                Generation.FIRST,
                Presence.PRESENT,
                told,
                1L << 30,
                null,
                null,
                snapshot);
    }

    /** An agent of before knows neither that driver nor snapshots: it would make an empty volume with a driver that it knows. */
    @Test
    void oneThatIsToBeFilledIsUselessToWhoeverCannot() {
        var filled = volume("file", new SnapshotId("snap-0123456789abcdef0"));
        var filling = filled.filledFirst();
        assertThat(filling.filledFirst()).isEqualTo(filling);
        assertThat(JSON.readTree(JSON.writeValueAsString(filling))
                        .path("backend")
                        .asString())
                .isEqualTo("filled:file");
        assertThat(JSON.readTree(JSON.writeValueAsString(filled))
                        .path("backend")
                        .asString())
                .isEqualTo("file");
        for (var spec : new VolumeSpec[] {filled, filling}) {
            assertThat(spec.backend()).isEqualTo("file");
            assertThat(spec.fills()).isEqualTo(spec.equals(filling));
            assertThat(JSON.readValue(JSON.writeValueAsString(spec), VolumeSpec.class))
                    .isEqualTo(spec);
        }
        assertThat(JSON.writeValueAsString(filling)).doesNotContain("told", "fills");
    }

    @Test
    void oneThatIsFilledWithNothingIsRefused() {
        assertThatThrownBy(() -> volume("filled:file", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> volume("file", null).filledFirst()).isInstanceOf(NullPointerException.class);
    }
}
