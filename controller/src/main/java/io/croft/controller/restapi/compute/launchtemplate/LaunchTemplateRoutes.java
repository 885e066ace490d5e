package io.croft.controller.restapi.compute.launchtemplate;

import io.croft.controller.compute.launchtemplate.LaunchTemplateReference;
import io.croft.controller.compute.launchtemplate.LaunchTemplates;
import io.croft.controller.compute.launchtemplate.NewLaunchTemplateVersion;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.compute.launchspec.LaunchSpecForm;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplate;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplatePatch;
import io.croft.rest.tenant.compute.launchtemplate.NewLaunchTemplate;
import io.croft.types.LaunchTemplateId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Launch templates; see {@link LaunchTemplateVersionRoutes} for their versions. */
@RestController
@RequestMapping(LaunchTemplateRoutes.PATH)
class LaunchTemplateRoutes {
    static final String PATH = "/v1/launch-templates";

    private final LaunchTemplates templates;
    private final EntityTags entityTags;

    LaunchTemplateRoutes(LaunchTemplates templates, EntityTags entityTags) {
        this.templates = templates;
        this.entityTags = entityTags;
    }

    @GetMapping
    Slice<LaunchTemplate> list(Caller caller, Query query) {
        return Slices.of(templates.describe(caller, query, List.of()), LaunchTemplateForm::write);
    }

    @GetMapping("/{id}")
    LaunchTemplate show(Caller caller, @PathVariable String id) {
        return LaunchTemplateForm.write(Slices.only(templates.describe(caller, Slices.one(id), List.of())));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<LaunchTemplate> create(
            Caller caller,
            @RequestBody NewLaunchTemplate request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var made = LaunchTemplateForm.write(templates.create(
                caller,
                request.name(),
                new NewLaunchTemplateVersion(request.description(), LaunchSpecForm.read(request.data())),
                Values.map(request.tags()),
                key));
        return Answers.created(PATH, made.launchTemplateId(), made);
    }

    /** Makes another version the default. */
    @PatchMapping("/{id}")
    ResponseEntity<LaunchTemplate> change(
            Caller caller,
            @PathVariable LaunchTemplateId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody LaunchTemplatePatch request) {
        var match = EntityTagMatch.parse(ifMatch);
        var changed = LaunchTemplateForm.write(templates.setDefault(
                caller,
                new LaunchTemplateReference.ById(id),
                request.defaultVersion().toString(),
                t -> match.holds(entityTags.of(LaunchTemplateForm.write(t)))));
        return ResponseEntity.ok().eTag(entityTags.of(changed)).body(changed);
    }

    /** All of its versions go with it; what was launched from it stays. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable LaunchTemplateId id) {
        templates.delete(caller, new LaunchTemplateReference.ById(id));
    }
}
