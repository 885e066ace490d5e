package io.croft.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.Documents;
import io.croft.agent.network.LinkName;
import io.croft.agent.network.Port;
import io.croft.agent.reconcile.kinds.GuestPatience;
import io.croft.agent.reconcile.kinds.HostKinds;
import io.croft.agent.reconcile.kinds.Volumes.EnsureVolume;
import io.croft.agent.reconcile.kinds.Volumes.RemoveVolume;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Presence;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KindsTest {
    private final Kinds all = HostKinds.all(
            i -> new Port(LinkName.tap(i.id()), LinkName.bridge(i.subnet()), 1450),
            Duration.ofSeconds(60),
            new GuestPatience(Duration.ofMinutes(5), Duration.ofMinutes(15)));

    @Test
    void eachKindOfDocumentHasOne() {
        assertThat(all.all().map(Kind::kind)).containsExactlyInAnyOrder(DocumentKind.values());
    }

    @Test
    void oneThatIsMissingOrThereTwiceIsRefused() {
        var first = all.all().findFirst().orElseThrow();
        var others = all.all().skip(1).toList();
        var twice = Stream.concat(all.all(), Stream.of(first)).toList();
        for (var kinds : List.of(List.<Kind<?, ?>>of(), others, twice)) {
            assertThatThrownBy(() -> new Kinds(all.host(), kinds)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Two at once; the others' places are for all else that is to be done with volumes. */
    @Test
    void whatComesOverASlowLineTakesNobodyElsesPlace() {
        var filling = new EnsureVolume(Documents.volume(3, 1, Presence.PRESENT));
        var filled = Documents.volume(3, 1, Presence.ABSENT);
        assertThat(filling.crew().size()).isEqualTo(2);
        assertThat(List.of(
                        new EnsureVolume(Documents.volume(1, 1, Presence.PRESENT)),
                        new EnsureVolume(filled),
                        new RemoveVolume(filled.id(), "sim")))
                .allMatch(a -> !a.crew().equals(filling.crew()));
        assertThat(new EnsureVolume(filled).deadline()).isEqualTo(Duration.ofMinutes(30));
        assertThat(new EnsureVolume(Documents.volume(3, 300, Presence.PRESENT)).deadline())
                .as("300 GiB")
                .isGreaterThan(Duration.ofHours(10));
    }
}
