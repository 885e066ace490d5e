package io.croft.controller.image;

import io.croft.controller.context.Caller;
import io.croft.controller.context.ClientTokens;
import io.croft.controller.tags.Tags;
import io.croft.types.ImageId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes an image of what another is made of: of the same blob, which never changes, so that it is available at once, or of copies of its snapshots. */
@Component
public class CopyImage {
    private static final String ACTION = "CopyImage";

    private final Images images;
    private final ImageInspection inspection;
    private final ClientTokens tokens;
    private final Tags tags;

    CopyImage(Images images, ImageInspection inspection, ClientTokens tokens, Tags tags) {
        this.images = images;
        this.inspection = inspection;
        this.tokens = tokens;
        this.tags = tags;
    }

    /**
     * Copies, once for a client token.
     *
     * @return the copy's id
     * @throws io.croft.controller.context.CloudException as {@link Images#launchable} does for the source and {@link Images#register} for the name; InvalidSnapshot.NotFound when the caller may not read one of the source's snapshots;
     *     IdempotentParameterMismatch
     */
    @Transactional
    public ImageId copy(Caller caller, ImageCopy request) {
        return tokens.once(
                new ClientTokens.Use(caller, ACTION, request.clientToken(), request.hash()),
                () -> make(caller, request),
                copy -> List.of(copy.value()),
                made -> new ImageId(made.getFirst()));
    }

    private ImageId make(Caller caller, ImageCopy request) {
        var source = images.launchable(caller.account(), request.source());
        var description = Objects.requireNonNullElse(request.description(), source.description());
        inspection.check(request.name(), description);
        return images.insertCopy(source, caller, request.name(), description, tags(caller, source, request))
                .id();
    }

    private Map<String, String> tags(Caller caller, ImageView source, ImageCopy request) {
        var all = new HashMap<String, String>();
        if (request.copyTags() && source.owner().equals(caller.account())) {
            all.putAll(tags.of(List.of(source.id().value()))
                    .getOrDefault(source.id().value(), Map.of()));
        }
        all.putAll(request.tags());
        return all;
    }
}
