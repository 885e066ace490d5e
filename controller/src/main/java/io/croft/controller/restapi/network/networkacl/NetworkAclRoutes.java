package io.croft.controller.restapi.network.networkacl;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.network.networkacl.NetworkAclView;
import io.croft.controller.network.networkacl.NetworkAcls;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.network.networkacl.NetworkAcl;
import io.croft.rest.tenant.network.networkacl.NetworkAclEntry;
import io.croft.rest.tenant.network.networkacl.NewNetworkAcl;
import io.croft.rest.tenant.network.networkacl.NewNetworkAclAssociation;
import io.croft.types.ErrorCode;
import io.croft.types.NetworkAclId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.TreeMap;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Network ACLs. */
@RestController
@RequestMapping(NetworkAclRoutes.PATH)
class NetworkAclRoutes {
    static final String PATH = "/v1/network-acls";

    private final NetworkAcls acls;
    private final Creations creations;
    private final EntityTags entityTags;

    NetworkAclRoutes(NetworkAcls acls, Creations creations, EntityTags entityTags) {
        this.acls = acls;
        this.creations = creations;
        this.entityTags = entityTags;
    }

    @GetMapping
    Slice<NetworkAcl> list(Caller caller, Query query) {
        return Slices.of(acls.describe(caller, query), NetworkAclRoutes::form);
    }

    @GetMapping("/{id}")
    NetworkAcl show(Caller caller, @PathVariable String id) {
        return form(Slices.only(acls.describe(caller, Slices.one(id))));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<NetworkAcl> create(
            Caller caller,
            @RequestBody NewNetworkAcl request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var vpc = new VpcId(request.vpcId());
        var id = creations.once(
                caller,
                "POST " + PATH,
                key,
                request,
                () -> acls.create(caller, vpc, Values.map(request.tags()), null).value());
        return Answers.created(PATH, id, show(caller, id));
    }

    /** Deletes one that no subnet has and that is not its VPC's default one. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable NetworkAclId id) {
        acls.delete(caller, id);
    }

    /** Lets packets pass, or not. */
    @PostMapping("/{id}/entries")
    NetworkAcl addEntry(Caller caller, @PathVariable NetworkAclId id, @RequestBody NetworkAclEntry request) {
        acls.createEntry(caller, id, NetworkAclEntryForm.read(request));
        return show(caller, id.value());
    }

    /** Puts an entry in the place of the one of its direction and number. */
    @PutMapping("/{id}/entries")
    NetworkAcl replaceEntry(
            Caller caller,
            @PathVariable NetworkAclId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody NetworkAclEntry request) {
        var match = EntityTagMatch.parse(ifMatch);
        acls.replaceEntry(caller, id, NetworkAclEntryForm.read(request), a -> match.holds(entityTags.of(form(a))));
        return show(caller, id.value());
    }

    /** Takes the entry of a direction, such as {@code egress}, and a number away. */
    @DeleteMapping("/{id}/entries")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeEntry(
            Caller caller,
            @PathVariable NetworkAclId id,
            @RequestParam(required = false) @Nullable String direction,
            @RequestParam(required = false) @Nullable Integer number) {
        show(caller, id.value());
        if (direction == null || number == null) {
            throw new CloudException(
                    ErrorCode.MISSING_PARAMETER, "The request must name the entry's direction and its number.");
        }
        acls.deleteEntry(caller, id, NetworkAclEntryForm.egress(direction), number);
    }

    /** Gives a subnet this one in place of the one that it has. */
    @PostMapping("/{id}/associations")
    NetworkAcl associate(Caller caller, @PathVariable NetworkAclId id, @RequestBody NewNetworkAclAssociation request) {
        acls.associate(caller, id, new SubnetId(request.subnetId()));
        return show(caller, id.value());
    }

    private static NetworkAcl form(NetworkAclView acl) {
        return new NetworkAcl(
                acl.id().value(),
                acl.vpc().value(),
                acl.isDefault(),
                acl.entries().stream().map(NetworkAclEntryForm::write).toList(),
                acl.associations().stream()
                        .map(a -> new NetworkAcl.Association(
                                a.id().value(), a.subnet().value()))
                        .toList(),
                new TreeMap<>(acl.tags()));
    }
}
