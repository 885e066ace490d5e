package io.croft.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.restore.Decision.Action;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.Presence;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A copy of the database from any moment of any history, merged with hosts that went on: nothing is destroyed, started again or doubled. */
class MergePropertyTest {
    private static final int SHORT = 200;
    private static final int LONG = 1000;
    private static final Set<Action> LIVES =
            Set.of(Action.KEEP, Action.FOLLOW, Action.ADOPT, Action.FREEZE, Action.AWAIT);
    private static final Set<Action> TOLD = Set.of(Action.KEEP, Action.FOLLOW, Action.ADOPT, Action.STOP);

    @Test
    void nothingIsLostOrStartedAgain() {
        seeds(SHORT);
    }

    @Test
    @Tag("long")
    void nothingIsLostOrStartedAgainInManyHistories() {
        seeds(LONG);
    }

    private static void seeds(int count) {
        var first = Objects.requireNonNullElseGet(Long.getLong("croft.seed"), () -> new Random().nextLong());
        var actions = new HashSet<Action>();
        for (var n = 0; n < count; n++) {
            var seed = first + n;
            try {
                check(seed, actions);
            } catch (AssertionError | RuntimeException e) {
                System.out.println("MergePropertyTest: -Dcroft.seed=" + seed);
                throw e;
            }
        }
        assertThat(actions)
                .as("what happened at all")
                .containsAll(Set.of(
                        Action.KEEP,
                        Action.FOLLOW,
                        Action.ADOPT,
                        Action.END,
                        Action.TERMINATE,
                        Action.FREEZE,
                        Action.AWAIT));
    }

    private static void check(long seed, Set<Action> seen) {
        var random = new Random(seed);
        var history = new History(seed, 20 + random.nextInt(60));
        var told = new HashMap<HostId, LedgerReport>();
        for (var host : history.hosts()) {
            if (random.nextInt(10) > 0) {
                told.put(host, history.ledger(host, random.nextInt(20) == 0));
            }
        }
        var plan = new Merge(history.copy(), told, Set.of(), Map.of(), Map.of()).plan();
        plan.decisions().forEach(d -> seen.add(d.action()));
        var decided = plan.instances(Action.values()).stream().map(Decision::id).collect(Collectors.toSet());

        for (var host : told.keySet()) {
            for (var id : history.launched()) {
                var volume = "vol-" + id.substring(2);
                if (history.has(host, id)
                        && Objects.requireNonNull(told.get(host)).whole()) {
                    assertThat(decided).contains(id);
                    assertThat(action(plan, id)).as("of " + id + ", which runs").isIn(LIVES);
                }
                if (decided.contains(id)
                        && host.equals(decision(plan, id).host())
                        && TOLD.contains(action(plan, id))
                        && plan.spec(decision(plan, id))
                                .filter(s -> s.presence() == Presence.PRESENT)
                                .isPresent()) {
                    assertThat(history.volumes(host)).as("the disk of " + id).contains(volume);
                }
                if (decided.contains(id) && action(plan, id) == Action.TERMINATE) {
                    assertThat(history.volumes(host)).as("left of " + id).doesNotContain(volume);
                }
            }
        }
        assertThat(addresses(plan)).as("addresses").doesNotHaveDuplicates();
        plan.volumes(Action.TERMINATE)
                .forEach(v -> told.keySet()
                        .forEach(h -> assertThat(history.volumes(h)).doesNotContain(v.id())));
    }

    private static Decision decision(Plan plan, String id) {
        return plan.instance(new InstanceId(id));
    }

    private static Action action(Plan plan, String id) {
        return decision(plan, id).action();
    }

    private static List<String> addresses(Plan plan) {
        return plan.instances(Action.KEEP, Action.FOLLOW, Action.ADOPT, Action.STOP, Action.AWAIT).stream()
                .flatMap(d -> plan.interfaces(d).stream())
                .map(InterfaceSpec::addresses)
                .flatMap(List::stream)
                .toList();
    }
}
