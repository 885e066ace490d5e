package io.croft.agent.reconcile;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.reconcile.kinds.StoreAnswers;
import io.croft.agent.storage.StoredVolume;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import io.croft.types.VpcId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the drivers say of a host in a test; null where one does not answer.
 *
 * @param answering whether the guest behind each interface answered
 * @param overlays the VPCs that reach other hosts
 */
record Seen(
        @Nullable List<ObservedVm> machines,
        @Nullable Set<VpcId> vpcs,
        @Nullable Set<NetworkInterfaceId> ports,
        @Nullable Set<VpcId> serving,
        @Nullable Map<VolumeId, StoredVolume> volumes,
        @Nullable Set<String> filteredTaps,
        @Nullable Set<String> firewallProblems,
        @Nullable Map<NetworkInterfaceId, Boolean> answering,
        @Nullable Map<VolumeId, Set<SnapshotId>> snapshots,
        @Nullable Set<VpcId> overlays) {
    /** Of a host whose guests were not asked. */
    Seen(
            @Nullable List<ObservedVm> machines,
            @Nullable Set<VpcId> vpcs,
            @Nullable Set<NetworkInterfaceId> ports,
            @Nullable Set<VpcId> serving,
            @Nullable Map<VolumeId, StoredVolume> volumes,
            @Nullable Set<String> filteredTaps,
            @Nullable Set<String> firewallProblems) {
        this(
                machines,
                vpcs,
                ports,
                serving,
                volumes,
                filteredTaps,
                firewallProblems,
                null,
                volumes == null ? null : Map.of(),
                vpcs == null ? null : Set.of());
    }

    /** Of a host of which only the guests were asked. */
    static Seen answering(Map<NetworkInterfaceId, Boolean> guests) {
        return new Seen(null, null, null, null, null, null, null, guests, null, null);
    }

    /** Of a host of which only its volumes' snapshots were asked. */
    static Seen snapshots(Map<VolumeId, Set<SnapshotId>> snapshots) {
        return new Seen(null, null, null, null, null, null, null, null, snapshots, null);
    }

    /** The answers to the questions of {@code kinds}: to those that ask one driver, in their order. */
    Observation observation(Kinds kinds) {
        return observation(kinds, Set.of());
    }

    /** The same where those storage backends do not answer, and another has what is seen. */
    Observation observation(Kinds kinds, Set<String> silent) {
        var answers = Map.of(
                "hypervisor", said(machines),
                "network", said(answering, vpcs, overlays, ports),
                "metadata service", said(serving),
                "storage", said(answers(snapshots, silent), answers(volumes, silent)),
                "firewall", said(filteredTaps, firewallProblems));
        var heard = kinds.questions().stream()
                .flatMap(q -> answer(q, Objects.requireNonNull(answers.get(q.driver()))).stream())
                .collect(Collectors.<Question.Answer<?>>toList());
        return new Observation(heard, List.of());
    }

    private static <K, V> @Nullable StoreAnswers<K, V> answers(@Nullable Map<K, V> found, Set<String> silent) {
        return found == null ? null : new StoreAnswers<>(Map.of(silent.isEmpty() ? "sim" : "file", found), silent);
    }

    private static Deque<Optional<?>> said(@Nullable Object... answers) {
        return Arrays.stream(answers)
                .<Optional<?>>map(Optional::ofNullable)
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    @SuppressWarnings("unchecked")
    private static <T> Optional<Question.Answer<T>> answer(Question<T> question, Deque<Optional<?>> answers) {
        return answers.removeFirst().map(said -> new Question.Answer<>(question, (T) said));
    }
}
