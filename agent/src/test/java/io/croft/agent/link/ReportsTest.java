package io.croft.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.reconcile.CarriedOut;
import io.croft.agent.reconcile.Gate;
import io.croft.agent.reconcile.HostReport;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.DocumentSteps;
import io.croft.protocol.HostFacts;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.types.Generation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final HostFacts FACTS =
            new HostFacts("h", "z", "x86_64", "tcg", 1, 1, List.of(), "1", List.of(), null);

    private final Reports reports = new Reports(7, "boot");

    @Test
    void aPartialReportSaysOnlyWhatTheControllerHasNotTaken() {
        var before = host(document("vol-1", State.PENDING), document("vol-2", State.READY));
        reports.taken(reports.full(before, 3, FACTS));
        var now = host(document("vol-1", State.READY), document("vol-2", State.READY));
        assertThat(reports.news(now)).isTrue();
        var partial = reports.partial(now, 4);
        assertThat(partial.documents()).containsExactly(document("vol-1", State.READY));
        assertThat(partial.full()).isFalse();
        reports.taken(partial);
        assertThat(reports.news(now)).isFalse();
    }

    @Test
    void workUnderWayIsToldAlongWithWhatComesOfIt() {
        assertThat(reports.news(host(document("vol-1", State.PENDING)))).isFalse();
        var now = host(document("vol-1", State.PENDING), document("vol-2", State.GONE));
        assertThat(reports.news(now)).isTrue();
        assertThat(reports.partial(now, 1).documents()).hasSize(2);
    }

    /** Who launches an instance waits for none of its parts alone; one that failed is told at once. */
    @Test
    void partsOfWorkUnderWayAreToldTogether() {
        var volume = document("vol-1", State.READY);
        var parts = Set.of(volume.key());
        var now = new HostReport(
                List.of(volume, document("vol-2", State.PENDING)),
                List.of(),
                List.of(),
                true,
                0,
                Gate.OPEN,
                List.of(),
                parts);
        assertThat(reports.news(now)).isFalse();
        assertThat(reports.partial(now, 1).documents()).contains(volume);
        assertThat(reports.news(host(volume))).isTrue();
        var failed = new HostReport(
                List.of(document("vol-1", State.FAILED)), List.of(), List.of(), true, 0, Gate.OPEN, List.of(), parts);
        assertThat(reports.news(failed)).isTrue();
    }

    @Test
    void whatWasNotTakenIsSaidAgain() {
        var now = host(document("vol-1", State.READY));
        reports.full(now, 1, FACTS);
        assertThat(reports.partial(now, 1).documents()).hasSize(1);
    }

    @Test
    void theNumbersRise() {
        var now = host();
        assertThat(reports.full(now, 1, FACTS).sequence()).isEqualTo(1);
        assertThat(reports.partial(now, 1).sequence()).isEqualTo(2);
        assertThat(reports.partial(now, 1).epoch()).isEqualTo(7);
    }

    @Test
    void whereTheTimeWentIsToldUntilItWasTaken() {
        var key = new DocumentKey(DocumentKind.INSTANCE, "i-1");
        var done = new CarriedOut(
                key, Generation.FIRST, System.nanoTime(), System.nanoTime(), System.nanoTime(), List.of());
        var now = new HostReport(List.of(), List.of(), List.of(), true, 0, Gate.OPEN, List.of(done), Set.of());
        assertThat(reports.partial(now, 1).steps()).hasSize(1);
        var full = reports.full(now, 1, FACTS);
        assertThat(full.steps()).extracting(DocumentSteps::key).containsExactly(key);
        reports.taken(full);
        assertThat(reports.full(now, 1, FACTS).steps()).isNull();
    }

    private static HostReport host(ObservedDocument... documents) {
        return new HostReport(List.of(documents), List.of(), List.of(), true, 0, Gate.OPEN);
    }

    private static ObservedDocument document(String id, State state) {
        return new ObservedDocument(
                new DocumentKey(DocumentKind.VOLUME, id), Generation.FIRST, state, null, "2026-11-21T08:00:00Z");
    }
}
