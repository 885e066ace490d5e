package io.croft.controller.restapi.compute.launchtemplate;

import io.croft.controller.compute.launchtemplate.LaunchTemplateReference;
import io.croft.controller.compute.launchtemplate.LaunchTemplateVersions;
import io.croft.controller.compute.launchtemplate.LaunchTemplates;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Slices;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplateVersion;
import io.croft.rest.tenant.compute.launchtemplate.NewLaunchTemplateVersion;
import io.croft.types.ErrorCode;
import io.croft.types.LaunchTemplateId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The versions of a launch template, newest first; none ever changes. */
@RestController
@RequestMapping(LaunchTemplateRoutes.PATH + "/{template}/versions")
class LaunchTemplateVersionRoutes {
    private final LaunchTemplates templates;

    LaunchTemplateVersionRoutes(LaunchTemplates templates) {
        this.templates = templates;
    }

    @GetMapping
    Slice<LaunchTemplateVersion> list(Caller caller, @PathVariable LaunchTemplateId template, Query query) {
        return Slices.of(
                templates.describeVersions(caller, versions(template, List.of()), query), LaunchTemplateForm::write);
    }

    /** {@code version} is a number, {@code $Latest} or {@code $Default}. */
    @GetMapping("/{version}")
    LaunchTemplateVersion show(Caller caller, @PathVariable LaunchTemplateId template, @PathVariable String version) {
        var found = templates.describeVersions(caller, versions(template, List.of(version)), Query.ALL);
        return LaunchTemplateForm.write(Slices.only(found));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<LaunchTemplateVersion> create(
            Caller caller,
            @PathVariable LaunchTemplateId template,
            @RequestBody NewLaunchTemplateVersion request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var made = LaunchTemplateForm.write(templates.createVersion(
                caller,
                new LaunchTemplateReference.ById(template),
                Optional.ofNullable(request.sourceVersion())
                        .map(v -> v.toString())
                        .orElse(null),
                LaunchTemplateForm.version(request),
                key));
        return Answers.created(
                LaunchTemplateRoutes.PATH + "/" + template + "/versions", Long.toString(made.version()), made);
    }

    /** The default version is deleted only with its template. */
    @DeleteMapping("/{version}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable LaunchTemplateId template, @PathVariable String version) {
        var outcome = templates
                .deleteVersions(caller, new LaunchTemplateReference.ById(template), List.of(version))
                .getFirst()
                .outcome();
        switch (outcome) {
            case DELETED -> {}
            case NOT_FOUND ->
                throw new CloudException(
                        ErrorCode.LAUNCH_TEMPLATE_VERSION_NOT_FOUND,
                        "The launch template '" + template + "' has no version " + version + ".");
            case IS_DEFAULT ->
                throw new CloudException(
                        ErrorCode.OPERATION_NOT_PERMITTED,
                        "The default version of a launch template cannot be deleted.");
        }
    }

    private static LaunchTemplateVersions versions(LaunchTemplateId template, List<String> versions) {
        return new LaunchTemplateVersions(new LaunchTemplateReference.ById(template), versions, null, null);
    }
}
