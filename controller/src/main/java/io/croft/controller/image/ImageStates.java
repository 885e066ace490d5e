package io.croft.controller.image;

import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.types.AccountId;
import io.croft.types.ImageId;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The one way to change an image's state: a guarded move of the table of transitions, with its entry in the history. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ImageStates {
    private final JdbcClient jdbc;
    private final History history;

    ImageStates(JdbcClient jdbc, History history) {
        this.jdbc = jdbc;
        this.history = history;
    }

    /** Makes a transition, if the account's image is in a state that has it; says whether it was. */
    boolean move(ImageId id, AccountId account, ImageEvent event, @Nullable ImageReason reason, String detail) {
        var table = ImageTransitions.TABLE;
        var before = lock(id, account);
        var next = before.flatMap(b -> table.target(b, event));
        next.ifPresent(to -> {
            jdbc.sql("UPDATE image SET state = :next, reason_code = :code, reason_message = :message WHERE id = :id")
                    .param("next", to.name())
                    .param("code", reason == null ? null : reason.code(), Types.VARCHAR)
                    .param("message", reason == null ? null : reason.message(), Types.VARCHAR)
                    .param("id", id.value())
                    .update();
            table.visit(before.orElseThrow(), event);
            history.record(List.of(new Happening(
                    account,
                    id.value(),
                    to.name().toLowerCase(Locale.ROOT),
                    reason == null ? detail : reason.message())));
        });
        return next.isPresent();
    }

    /** The state of the account's image, which stays until the transaction ends. */
    Optional<ImageState> lock(ImageId id, AccountId account) {
        return jdbc.sql("SELECT state FROM image WHERE id = :id AND account = :account FOR NO KEY UPDATE")
                .param("id", id.value())
                .param("account", account.value())
                .query((row, _) -> ImageState.valueOf(row.getString("state")))
                .optional();
    }

    void note(ImageView image, String event, String detail) {
        history.record(List.of(new Happening(image.owner(), image.id().value(), event, detail)));
    }
}
