package io.croft.controller.adminapi.compute.instance;

import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.instance.StateReason;
import io.croft.controller.compute.operation.HostVerbs;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.controller.identity.Account;
import io.croft.controller.identity.Accounts;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.rest.ConsoleText;
import io.croft.rest.InstanceResource;
import io.croft.rest.Items;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every account's instances, for looking. */
@RestController
@RequestMapping("/admin/v1/instances")
class InstanceEndpoint {
    private final Accounts accounts;
    private final Instances instances;
    private final HostVerbs verbs;
    private final Fleet fleet;

    InstanceEndpoint(Accounts accounts, Instances instances, HostVerbs verbs, Fleet fleet) {
        this.accounts = accounts;
        this.instances = instances;
        this.verbs = verbs;
        this.fleet = fleet;
    }

    @GetMapping
    Items<InstanceResource> list(Caller operator) {
        var names = hostNames();
        return new Items<>(accounts.all().stream()
                .flatMap(account -> of(operator, account))
                .map(i -> resource(i, names))
                .toList());
    }

    @GetMapping("/{id}")
    InstanceResource show(@PathVariable InstanceId id) {
        return resource(find(id), hostNames());
    }

    @GetMapping("/{id}/console")
    ConsoleText console(Caller operator, @PathVariable InstanceId id) {
        var output = verbs.console(as(operator, find(id).owner()), id);
        return new ConsoleText(id.value(), output.read().toString(), Objects.requireNonNullElse(output.output(), ""));
    }

    private Stream<InstanceView> of(Caller operator, Account account) {
        return instances.describe(as(operator, account.id()), Query.ALL).items().stream();
    }

    private InstanceView find(InstanceId id) {
        return instances.find(id).orElseThrow(() -> missing(id));
    }

    private static CloudException missing(InstanceId id) {
        return new CloudException(ErrorCode.NOT_FOUND, "There is no instance " + id + ".");
    }

    private static Caller as(Caller operator, AccountId account) {
        return new Caller(
                account, operator.principal(), operator.role(), operator.requestId(), operator.sourceAddress());
    }

    private Map<HostId, String> hostNames() {
        return fleet.snapshot().hosts().stream().collect(Collectors.toMap(HostView::id, HostView::name));
    }

    private static InstanceResource resource(InstanceView instance, Map<HostId, String> hostNames) {
        var primary = instance.interfaces().stream().findFirst();
        return new InstanceResource(
                instance.id().value(),
                instance.owner().value(),
                instance.state().ec2Name(),
                Optional.ofNullable(instance.stateReason())
                        .map(StateReason::message)
                        .orElse(null),
                instance.instanceType(),
                instance.image().value(),
                instance.zone(),
                Optional.ofNullable(instance.host()).map(hostNames::get).orElse(null),
                primary.map(NetworkInterfaceView::privateAddress).orElse(null),
                primary.map(NetworkInterfaceView::publicAddress).orElse(null),
                instance.keyName(),
                instance.launched().toString());
    }
}
