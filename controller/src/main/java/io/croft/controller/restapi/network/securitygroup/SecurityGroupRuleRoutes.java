package io.croft.controller.restapi.network.securitygroup;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.network.securitygroup.GroupReference;
import io.croft.controller.network.securitygroup.SecurityGroupRuleView;
import io.croft.controller.network.securitygroup.SecurityGroupRules;
import io.croft.controller.network.securitygroup.SecurityGroups;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.network.securitygroup.NewSecurityGroupRule;
import io.croft.rest.tenant.network.securitygroup.RuleContent;
import io.croft.rest.tenant.network.securitygroup.SecurityGroupRule;
import io.croft.types.ErrorCode;
import io.croft.types.SecurityGroupId;
import io.croft.types.SecurityGroupRuleId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The rules of a security group. */
@RestController
@RequestMapping(SecurityGroupRoutes.PATH + "/{group}/rules")
class SecurityGroupRuleRoutes {
    private final SecurityGroups groups;
    private final SecurityGroupRules rules;
    private final Creations creations;
    private final EntityTags entityTags;

    SecurityGroupRuleRoutes(
            SecurityGroups groups, SecurityGroupRules rules, Creations creations, EntityTags entityTags) {
        this.groups = groups;
        this.rules = rules;
        this.creations = creations;
        this.entityTags = entityTags;
    }

    /** All of them: a group has few. */
    @GetMapping
    Slice<SecurityGroupRule> list(Caller caller, @PathVariable String group) {
        return new Slice<>(
                rules(caller, group).stream().map(SecurityGroupRuleForm::write).toList(), null);
    }

    @GetMapping("/{id}")
    SecurityGroupRule show(Caller caller, @PathVariable String group, @PathVariable SecurityGroupRuleId id) {
        return SecurityGroupRuleForm.write(find(caller, group, id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<SecurityGroupRule> create(
            Caller caller,
            @PathVariable SecurityGroupId group,
            @RequestBody NewSecurityGroupRule request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var direction = SecurityGroupRuleForm.direction(request);
        var permission = SecurityGroupRuleForm.permission(request.content());
        var path = SecurityGroupRoutes.PATH + "/" + group + "/rules";
        var id = creations.once(
                caller,
                "POST " + path,
                key,
                request,
                () -> rules.authorize(
                                caller,
                                new GroupReference.ById(group),
                                direction,
                                List.of(permission),
                                Values.map(request.tags()))
                        .getFirst()
                        .id()
                        .value());
        return Answers.created(path, id, show(caller, group.value(), new SecurityGroupRuleId(id)));
    }

    /** Makes a rule say something else; its direction and its tags stay. */
    @PutMapping("/{id}")
    ResponseEntity<SecurityGroupRule> replace(
            Caller caller,
            @PathVariable SecurityGroupId group,
            @PathVariable SecurityGroupRuleId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody RuleContent request) {
        var match = EntityTagMatch.parse(ifMatch);
        var changed = SecurityGroupRuleForm.write(rules.modify(
                caller,
                new GroupReference.ById(group),
                id,
                SecurityGroupRuleForm.permission(request),
                r -> match.holds(entityTags.of(SecurityGroupRuleForm.write(r)))));
        return ResponseEntity.ok().eTag(entityTags.of(changed)).body(changed);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable SecurityGroupId group, @PathVariable SecurityGroupRuleId id) {
        var rule = find(caller, group.value(), id);
        rules.revokeByIds(caller, new GroupReference.ById(group), rule.direction(), List.of(id));
    }

    private List<SecurityGroupRuleView> rules(Caller caller, String group) {
        return Slices.only(groups.describe(caller, Slices.one(group))).rules();
    }

    private SecurityGroupRuleView find(Caller caller, String group, SecurityGroupRuleId id) {
        return rules(caller, group).stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        ErrorCode.SECURITY_GROUP_RULE_NOT_FOUND,
                        "The security group rule ID '" + id + "' does not exist"));
    }
}
