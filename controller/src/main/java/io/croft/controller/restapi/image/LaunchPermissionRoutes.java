package io.croft.controller.restapi.image;

import io.croft.controller.context.Caller;
import io.croft.controller.image.ImageSharing;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.rest.tenant.image.LaunchPermissions;
import io.croft.types.AccountId;
import io.croft.types.ImageId;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who may launch an image besides its owner, which is the owner's to know. */
@RestController
@RequestMapping(ImageRoutes.PATH + "/{id}/launch-permissions")
class LaunchPermissionRoutes {
    private final ImageSharing sharing;
    private final EntityTags entityTags;

    LaunchPermissionRoutes(ImageSharing sharing, EntityTags entityTags) {
        this.sharing = sharing;
        this.entityTags = entityTags;
    }

    @GetMapping
    LaunchPermissions show(Caller caller, @PathVariable ImageId id) {
        return form(sharing.of(caller, id));
    }

    @PutMapping
    ResponseEntity<LaunchPermissions> replace(
            Caller caller,
            @PathVariable ImageId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody LaunchPermissions request) {
        var match = EntityTagMatch.parse(ifMatch);
        var wanted = new io.croft.controller.image.LaunchPermissions(
                request.everyone(),
                request.accounts().stream().map(AccountId::new).collect(Collectors.toSet()));
        sharing.replace(caller, id, wanted, old -> match.holds(entityTags.of(form(old))));
        var now = form(wanted);
        return ResponseEntity.ok().eTag(entityTags.of(now)).body(now);
    }

    private static LaunchPermissions form(io.croft.controller.image.LaunchPermissions permissions) {
        return new LaunchPermissions(
                permissions.everyone(),
                permissions.accounts().stream().map(AccountId::value).sorted().toList());
    }
}
