package io.croft.controller.compute.operation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an operation's id says.
 *
 * @param target the reservation of a launch, else the instance
 * @param started when the instance's state changed for it; the epoch for a launch
 */
record OperationId(OperationKind kind, String target, Instant started) {
    private static final Pattern TEXT = Pattern.compile(
            "op-(?:(?<launch>launch)-(?<reservation>r-[0-9a-f]{17})|(?<kind>start|stop|terminate)-(?<instance>i-[0-9a-f]{17})-(?<at>[0-9a-f]{1,15}))");

    static OperationId ofLaunch(String reservation) {
        return new OperationId(OperationKind.LAUNCH, reservation, Instant.EPOCH);
    }

    static OperationId of(OperationKind kind, String instance, Instant started) {
        return new OperationId(kind, instance, started.truncatedTo(ChronoUnit.MICROS));
    }

    static OperationId of(InstanceOperation begun) {
        return begun.kind() == OperationKind.LAUNCH
                ? ofLaunch(begun.target())
                : of(begun.kind(), begun.target(), begun.began());
    }

    /** Reads an id; empty when it is none. */
    static Optional<OperationId> parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        if (parts.group("launch") != null) {
            return Optional.of(ofLaunch(parts.group("reservation")));
        }
        var started = Instant.EPOCH.plus(Long.parseLong(parts.group("at"), 16), ChronoUnit.MICROS);
        return OperationKind.of(parts.group("kind"))
                .map(kind -> new OperationId(kind, parts.group("instance"), started));
    }

    String text() {
        var name = "op-" + kind.text() + "-" + target;
        return kind == OperationKind.LAUNCH
                ? name
                : name + "-" + Long.toHexString(ChronoUnit.MICROS.between(Instant.EPOCH, started));
    }
}
