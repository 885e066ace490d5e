package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.OperationId;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A verb that does not converge, carried out once on what a document names. The agent records the result under the id before it reports it; the same operation
 * again gives the recorded result. Absent means: forget the record.
 *
 * @param instance the target, when it is an instance: the only kind that builds of before know
 * @param resource the target, when it is anything else
 * @param verb one of the target's kind
 * @param deadline ISO-8601; an operation not begun by then fails
 */
public record OperationSpec(
        OperationId id,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable InstanceId instance,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DocumentKey resource,
        Generation generation,
        Presence presence,
        Verb verb,
        String deadline)
        implements HostDocument {
    /** What can be asked of one kind of thing. Its name is its word in JSON, and no two kinds have the same. */
    public sealed interface Verb permits InstanceVerb {
        /** What it is asked of. */
        DocumentKind kind();

        String name();

        /**
         * The verb of that name.
         *
         * @throws IllegalArgumentException for one that this build does not know
         */
        @JsonCreator
        static Verb named(String name) {
            return Arrays.stream(InstanceVerb.values())
                    .filter(v -> v.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown verb: \"" + name + "\""));
        }
    }

    public OperationSpec {
        if ((instance == null) == (resource == null)) {
            throw new IllegalArgumentException("an operation has one target");
        }
        var kind = instance == null ? resource.kind() : DocumentKind.INSTANCE;
        if (verb.kind() != kind) {
            throw new IllegalArgumentException(verb.name() + " is no verb of " + kind.wireName());
        }
    }

    public OperationSpec(
            OperationId id, DocumentKey target, Generation generation, Presence presence, Verb verb, String deadline) {
        this(
                id,
                target.kind() == DocumentKind.INSTANCE ? new InstanceId(target.id()) : null,
                target.kind() == DocumentKind.INSTANCE ? null : target,
                generation,
                presence,
                verb,
                deadline);
    }

    /** The document whose resource it is carried out on. */
    public DocumentKey target() {
        return instance == null
                ? Objects.requireNonNull(resource)
                : new DocumentKey(DocumentKind.INSTANCE, instance.value());
    }

    @Override
    public DocumentKey key() {
        return new DocumentKey(DocumentKind.OPERATION, id.value());
    }
}
