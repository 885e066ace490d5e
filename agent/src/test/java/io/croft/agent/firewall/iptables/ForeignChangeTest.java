package io.croft.agent.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.firewall.BridgeGuard;
import io.croft.agent.firewall.Ruleset;
import io.croft.agent.firewall.Ruleset.Hook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForeignChangeTest {
    private static final Ruleset NOTHING = new Ruleset(Map.of(), List.of());
    private static final LiveRules EMPTY = LiveRules.parse("", Map.of());
    private static final BridgeGuard GUARD = new BridgeGuard(set("\"cftt1\" . 02:00"), set());
    private static final Compiled WANTED = new Compiled(
            new Ruleset(
                    Map.of("filter", Map.of("CFT-FORWARD", List.of("-j CFT-IN", "-j DROP"), "CFT-IN", List.of())),
                    List.of(new Hook("filter", "FORWARD", "CFT-FORWARD", true))),
            NOTHING,
            Map.of("cfts1", set("10.0.0.1", "10.0.0.2")),
            GUARD,
            Map.of());

    private static SortedSet<String> set(String... members) {
        return new TreeSet<>(List.of(members));
    }

    private static InForce live(String saved, SortedSet<String> members, Optional<BridgeGuard> guard) {
        return new InForce(LiveRules.parse(saved, Map.of()), EMPTY, Map.of("cfts1", members), guard);
    }

    @Test
    void nothingIsToldOfWhatIsAsWanted() {
        var live = live("""
                *filter
                :FORWARD ACCEPT [0:0]
                :CFT-FORWARD - [0:0]
                :CFT-IN - [0:0]
                -A FORWARD -j CFT-FORWARD
                -A CFT-FORWARD -j CFT-IN
                -A CFT-FORWARD -j DROP
                COMMIT
                """, set("10.0.0.1", "10.0.0.2"), Optional.of(GUARD));
        assertThat(ForeignChange.between(live, WANTED)).isEmpty();
    }

    @Test
    void whatWasTakenAndWhatWasPutIsToldByPlace() {
        var live = live("""
                *filter
                :FORWARD ACCEPT [0:0]
                :CFT-FORWARD - [0:0]
                :CFT-IN - [0:0]
                -A FORWARD -j ACCEPT
                -A FORWARD -j CFT-FORWARD
                -A FORWARD -j CFT-IN
                -A CFT-FORWARD -j CFT-IN
                -A CFT-IN -j ACCEPT
                COMMIT
                """, set("10.0.0.1", "10.0.0.9"), Optional.empty());
        assertThat(ForeignChange.between(live, WANTED))
                .containsExactlyInAnyOrder(
                        "- ip filter CFT-FORWARD: -j DROP",
                        "+ ip filter CFT-IN: -j ACCEPT",
                        "+ ip filter FORWARD: -j CFT-FORWARD",
                        "+ ip filter FORWARD: -j CFT-IN",
                        "- ip filter FORWARD: -j CFT-FORWARD",
                        "- set cfts1: 10.0.0.2",
                        "+ set cfts1: 10.0.0.9",
                        "- bridge croft: the table, or some of its rules");
    }

    @Test
    void anotherOrderIsToldAsSuch() {
        var live = live("""
                *filter
                :FORWARD ACCEPT [0:0]
                :CFT-FORWARD - [0:0]
                :CFT-IN - [0:0]
                -A FORWARD -j CFT-FORWARD
                -A CFT-FORWARD -j DROP
                -A CFT-FORWARD -j CFT-IN
                COMMIT
                """, set("10.0.0.1", "10.0.0.2"), Optional.of(GUARD));
        assertThat(ForeignChange.between(live, WANTED))
                .containsExactly("- ip filter CFT-FORWARD: the order of its rules");
    }

    @Test
    void aFlushOfMuchIsToldByItsBeginning() {
        var many = IntStream.range(0, 100).mapToObj(n -> "10.0.1." + n).toArray(String[]::new);
        var wanted = new Compiled(NOTHING, NOTHING, Map.of("cfts1", set(many)), GUARD, Map.of());
        assertThat(ForeignChange.between(live("", set(), Optional.of(GUARD)), wanted))
                .hasSize(41)
                .last()
                .isEqualTo("and 60 more");
    }
}
