package io.croft.controller.compute.instance;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The instances of the types that EC2 gives CPU credits. Here each has its whole CPUs always, which EC2 calls unlimited. */
@Component
public class CpuCredits {
    /** EC2's name for what such an instance may use of its CPUs. */
    public static final String UNLIMITED = "unlimited";

    private static final Listing LISTING = Listing.of(
                    "cpu-credits", "instance i JOIN instance_type t ON t.name = i.instance_type", "i.id")
            .ids(ResourceType.INSTANCE)
            .visibleWhere("i.account = :account AND i.state <> 'TERMINATED' AND t.burstable")
            .filter("instance-id", "i.id");

    private final InstanceListing instances;
    private final JdbcClient jdbc;

    CpuCredits(InstanceListing instances, JdbcClient jdbc) {
        this.instances = instances;
        this.jdbc = jdbc;
    }

    /**
     * Lists such instances. Filter: {@code instance-id}.
     *
     * @throws CloudException InvalidInstanceID.NotFound; UnsupportedOperation for an instance of another type
     */
    @Transactional(readOnly = true)
    public Page<String> describe(Caller caller, Query query) {
        instances.requireAll(caller.account(), query.ids());
        var given = of(caller, query.ids());
        var others = query.ids().stream().filter(id -> !given.contains(id)).toList();
        if (!others.isEmpty()) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The instance type of '" + String.join(", ", others) + "' has no CPU credits");
        }
        return LISTING.find(jdbc, caller.account(), query);
    }

    /** Those of the instances that the account has and that are of such a type. */
    @Transactional(readOnly = true)
    public Set<String> of(Caller caller, Collection<String> ids) {
        return ids.isEmpty()
                ? Set.of()
                : Set.copyOf(LISTING.find(jdbc, caller.account(), named(ids)).items());
    }

    /** Those of the instances that the account has, of whatever type. */
    @Transactional(readOnly = true)
    public Set<String> existing(Caller caller, Collection<String> ids) {
        return Set.copyOf(instances.find(caller.account(), named(ids)).items());
    }

    private static Query named(Collection<String> ids) {
        return new Query(List.of(), List.of(new Filter("instance-id", List.copyOf(ids))), null, null);
    }
}
