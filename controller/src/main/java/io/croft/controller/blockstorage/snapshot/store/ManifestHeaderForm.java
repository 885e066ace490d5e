package io.croft.controller.blockstorage.snapshot.store;

import io.croft.types.AccountId;
import io.croft.types.SnapshotId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The header as JSON; members of a later version are skipped. */
final class ManifestHeaderForm {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ManifestHeaderForm() {}

    private record Form(
            String snapshot,
            String owner,
            String lineage,
            String key,
            int sizeGib,
            @Nullable String volume,
            String description,
            String started) {}

    static byte[] write(ManifestHeader header) {
        return JSON.writeValueAsBytes(new Form(
                header.snapshot().value(),
                header.owner().value(),
                header.lineage().id(),
                header.lineage().sealedKey(),
                header.sizeGib(),
                header.volume(),
                header.description(),
                header.started().toString()));
    }

    /** @throws IllegalArgumentException when it is none */
    static ManifestHeader read(byte[] json) {
        try {
            var form = JSON.readValue(json, Form.class);
            if (form == null
                    || Stream.of(
                                    form.snapshot(),
                                    form.owner(),
                                    form.lineage(),
                                    form.key(),
                                    form.description(),
                                    form.started())
                            .anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("a header of a manifest lacks a member");
            }
            return new ManifestHeader(
                    new SnapshotId(form.snapshot()),
                    new AccountId(form.owner()),
                    new Lineage(form.lineage(), form.key()),
                    form.sizeGib(),
                    form.volume(),
                    form.description(),
                    Instant.parse(form.started()));
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException("no header of a manifest", e);
        }
    }
}
