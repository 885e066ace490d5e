package io.croft.controller.instancetype;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;

/** The sizes that instances come in: EC2's own and the operator's. */
public interface InstanceTypes {
    /**
     * Lists types; the query's ids are names. Filters: {@code burstable-performance-supported}, {@code current-generation}, {@code instance-type},
     * {@code memory-info.size-in-mib}, {@code processor-info.supported-architecture}, {@code vcpu-info.default-vcpus}, {@code bare-metal},
     * {@code hypervisor}, {@code supported-usage-class}, {@code supported-root-device-type}, {@code supported-virtualization-type}.
     *
     * @throws io.croft.controller.context.CloudException InvalidInstanceType
     */
    Page<InstanceTypeView> describe(Caller caller, Query query);

    /**
     * The type of that name.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue without one, as RunInstances says it
     */
    InstanceTypeView require(String name);

    /**
     * Adds a type of the operator's own, or changes one; instances that run keep what they have.
     *
     * @throws io.croft.controller.context.CloudException UnauthorizedOperation for anyone else, InvalidParameterValue
     */
    void define(Caller caller, InstanceTypeView type);

    /**
     * Removes a type of the operator's own that no instance has. An instance that is launched at the same moment keeps the size that it was given.
     *
     * @throws io.croft.controller.context.CloudException UnauthorizedOperation for anyone else, NotFound, InvalidParameterValue for one of EC2's own,
     *     Conflict while an instance that is not terminated has it
     */
    void remove(Caller caller, String name);
}
