package io.croft.controller.restapi.network.networkacl;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.network.networkacl.NetworkAclView;
import io.croft.controller.network.networkacl.NetworkAcls;
import io.croft.controller.restapi.kit.Slices;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.network.networkacl.NetworkAcl;
import io.croft.types.SubnetId;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Network ACLs. */
@RestController
@RequestMapping("/v1/network-acls")
class NetworkAclRoutes {
    private final NetworkAcls acls;

    NetworkAclRoutes(NetworkAcls acls) {
        this.acls = acls;
    }

    @GetMapping
    Slice<NetworkAcl> list(Caller caller, Query query) {
        return Slices.of(acls.describe(caller, query), NetworkAclRoutes::form);
    }

    @GetMapping("/{id}")
    NetworkAcl show(Caller caller, @PathVariable String id) {
        return form(Slices.only(acls.describe(caller, Slices.one(id))));
    }

    private static NetworkAcl form(NetworkAclView acl) {
        return new NetworkAcl(
                acl.id().value(),
                acl.vpc().value(),
                acl.subnets().stream().map(SubnetId::value).toList(),
                new TreeMap<>(acl.tags()));
    }
}
