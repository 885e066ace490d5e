package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host is and has.
 *
 * @param name the host's name
 * @param zone its availability zone
 * @param architecture {@code x86_64} or {@code arm64}
 * @param accelerator {@code kvm} or {@code tcg}
 * @param cpus logical processors
 * @param memoryBytes memory in bytes
 * @param storage each storage backend with its capacity
 * @param agentVersion the agent's version
 * @param problems what keeps the host from taking instances, one sentence each; empty when nothing does
 * @param health how its agent fares; null from an agent that does not say
 * @param emulated the architectures besides its own whose instances it takes, by emulation; null from an agent that does not say
 * @param warnings what it was told to offer and cannot, one sentence each; it takes instances all the same; null from an agent that does not say
 * @param documents the kinds of documents that its agent takes, by their names in JSON; null from an agent that does not say: it knows none that came after {@code operation}
 * @param abilities what its agent can besides, by names that are given here; null from an agent that does not say: it has none
 * @param underlay by what it reaches the other hosts with what instances send each other; null from an agent that does not say, or where there is none
 */
public record HostFacts(
        String name,
        String zone,
        String architecture,
        String accelerator,
        int cpus,
        long memoryBytes,
        List<StoragePool> storage,
        String agentVersion,
        List<String> problems,
        @Nullable HostHealth health,
        @Nullable List<String> emulated,
        @Nullable List<String> warnings,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> documents,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> abilities,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Underlay underlay) {
    /** Makes volumes of snapshots, see {@link VolumeSpec#snapshot()}. */
    public static final String FILLS_VOLUMES = "volume-of-snapshot";

    /** Keeps subnets whose border not everything crosses, see {@link VpcSpec#guardedSubnets()}. */
    public static final String GUARDS_SUBNETS = "network-acl";

    public HostFacts {
        storage = List.copyOf(storage);
        problems = List.copyOf(problems);
        emulated = emulated == null ? null : List.copyOf(emulated);
        warnings = warnings == null ? null : List.copyOf(warnings);
        documents = documents == null ? null : List.copyOf(documents);
        abilities = abilities == null ? null : List.copyOf(abilities);
    }

    /** Those of a host that has no underlay. */
    public HostFacts(
            String name,
            String zone,
            String architecture,
            String accelerator,
            int cpus,
            long memoryBytes,
            List<StoragePool> storage,
            String agentVersion,
            List<String> problems,
            @Nullable HostHealth health,
            @Nullable List<String> emulated,
            @Nullable List<String> warnings,
            @Nullable List<String> documents,
            @Nullable List<String> abilities) {
        this(
                name,
                zone,
                architecture,
                accelerator,
                cpus,
                memoryBytes,
                storage,
                agentVersion,
                problems,
                health,
                emulated,
                warnings,
                documents,
                abilities,
                null);
    }

    /** Those of an agent that does not say which documents it takes, nor what it can besides. */
    public HostFacts(
            String name,
            String zone,
            String architecture,
            String accelerator,
            int cpus,
            long memoryBytes,
            List<StoragePool> storage,
            String agentVersion,
            List<String> problems,
            @Nullable HostHealth health,
            @Nullable List<String> emulated,
            @Nullable List<String> warnings) {
        this(
                name,
                zone,
                architecture,
                accelerator,
                cpus,
                memoryBytes,
                storage,
                agentVersion,
                problems,
                health,
                emulated,
                warnings,
                null,
                null);
    }

    /** Those of a host that was told to emulate no other architecture. */
    public HostFacts(
            String name,
            String zone,
            String architecture,
            String accelerator,
            int cpus,
            long memoryBytes,
            List<StoragePool> storage,
            String agentVersion,
            List<String> problems,
            @Nullable HostHealth health) {
        this(
                name,
                zone,
                architecture,
                accelerator,
                cpus,
                memoryBytes,
                storage,
                agentVersion,
                problems,
                health,
                List.of(),
                List.of());
    }

    /** The same of a host with this underlay. */
    public HostFacts over(@Nullable Underlay other) {
        return new HostFacts(
                name,
                zone,
                architecture,
                accelerator,
                cpus,
                memoryBytes,
                storage,
                agentVersion,
                problems,
                health,
                emulated,
                warnings,
                documents,
                abilities,
                other);
    }

    /** Whether the host takes instances of an architecture, its own or by emulation. */
    public boolean runs(String wanted) {
        return architecture.equals(wanted) || (emulated != null && emulated.contains(wanted));
    }

    /** Whether its agent takes documents of the kind, which came after the first ones. */
    public boolean takes(DocumentKind kind) {
        return documents != null && documents.contains(kind.wireName());
    }

    /** Whether its agent has an ability. */
    public boolean can(String ability) {
        return abilities != null && abilities.contains(ability);
    }

    /**
     * A storage backend of the host.
     *
     * @param backend its driver, as in {@link VolumeSpec#backend()}
     * @param totalBytes bytes in all
     * @param freeBytes bytes not allocated
     * @param provisionedBytes what all that is kept in it may come to take; null where that is not told
     * @param dataPercent how much of its data is taken; null of one that is no pool by itself, such as a folder of a file system
     * @param metadataPercent how much of what says where its data is; null of one that has none of its own
     */
    public record StoragePool(
            String backend,
            long totalBytes,
            long freeBytes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long provisionedBytes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double dataPercent,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double metadataPercent) {
        /** One of which no more is told. */
        public StoragePool(String backend, long totalBytes, long freeBytes) {
            this(backend, totalBytes, freeBytes, null, null, null);
        }
    }
}
