package io.croft.controller.restapi.tags;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.controller.tags.TagView;
import io.croft.controller.tags.Tags;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.tags.ResourceTags;
import io.croft.rest.tenant.tags.Tag;
import io.croft.rest.tenant.tags.TagSet;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tags, of resources of every type. A resource's tags are changed together, by who says which ones are to be changed. */
@RestController
@RequestMapping("/v1/tags")
class TagRoutes {
    private final Tags tags;
    private final EntityTags entityTags;

    TagRoutes(Tags tags, EntityTags entityTags) {
        this.tags = tags;
        this.entityTags = entityTags;
    }

    @GetMapping
    Slice<Tag> list(Caller caller, Query query) {
        return Slices.of(tags.describe(caller, query), TagRoutes::form);
    }

    @GetMapping("/{resource}")
    ResourceTags show(Caller caller, @PathVariable String resource) {
        return form(resource, tags.ofResource(caller, resource));
    }

    @PutMapping("/{resource}")
    ResponseEntity<ResourceTags> replace(
            Caller caller,
            @PathVariable String resource,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody TagSet request) {
        var match = EntityTagMatch.parse(ifMatch);
        var wanted = Values.map(request.tags());
        tags.replace(caller, resource, wanted, old -> match.holds(entityTags.of(form(resource, old))));
        var now = form(resource, wanted);
        return ResponseEntity.ok().eTag(entityTags.of(now)).body(now);
    }

    private static ResourceTags form(String resource, Map<String, String> tags) {
        return new ResourceTags(resource, new TreeMap<>(tags));
    }

    private static Tag form(TagView tag) {
        return new Tag(tag.resourceId(), tag.resourceType().tagName(), tag.key(), tag.value());
    }
}
