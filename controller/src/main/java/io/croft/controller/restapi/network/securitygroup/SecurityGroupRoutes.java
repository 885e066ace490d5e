package io.croft.controller.restapi.network.securitygroup;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.network.securitygroup.GroupReference;
import io.croft.controller.network.securitygroup.SecurityGroupView;
import io.croft.controller.network.securitygroup.SecurityGroups;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.network.securitygroup.NewSecurityGroup;
import io.croft.rest.tenant.network.securitygroup.SecurityGroup;
import io.croft.types.SecurityGroupId;
import io.croft.types.VpcId;
import java.util.Optional;
import java.util.TreeMap;
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

/** Security groups; see {@link SecurityGroupRuleRoutes} for their rules. */
@RestController
@RequestMapping(SecurityGroupRoutes.PATH)
class SecurityGroupRoutes {
    static final String PATH = "/v1/security-groups";

    private final SecurityGroups groups;
    private final Creations creations;

    SecurityGroupRoutes(SecurityGroups groups, Creations creations) {
        this.groups = groups;
        this.creations = creations;
    }

    @GetMapping
    Slice<SecurityGroup> list(Caller caller, Query query) {
        return Slices.of(groups.describe(caller, query), SecurityGroupRoutes::form);
    }

    @GetMapping("/{id}")
    SecurityGroup show(Caller caller, @PathVariable String id) {
        return form(Slices.only(groups.describe(caller, Slices.one(id))));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<SecurityGroup> create(
            Caller caller,
            @RequestBody NewSecurityGroup request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var vpc = Optional.ofNullable(request.vpcId()).map(VpcId::new).orElse(null);
        var id = creations.once(
                caller,
                "POST " + PATH,
                key,
                request,
                () -> groups.create(caller, request.name(), request.description(), vpc, Values.map(request.tags()))
                        .value());
        return Answers.created(PATH, id, show(caller, id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable SecurityGroupId id) {
        groups.delete(caller, new GroupReference.ById(id));
    }

    private static SecurityGroup form(SecurityGroupView group) {
        return new SecurityGroup(
                group.id().value(),
                group.vpc().value(),
                group.name(),
                group.description(),
                group.rules().stream().map(SecurityGroupRuleForm::write).toList(),
                new TreeMap<>(group.tags()));
    }
}
