package io.croft.controller.instancetype;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code instance_type}. */
@Entity
@Table(name = "instance_type")
class InstanceTypeEntity {
    @Id
    private String name;

    private int vcpus;

    @Column(name = "threads_per_core")
    private int threadsPerCore;

    @Column(name = "memory_mib")
    private int memoryMib;

    private String architecture;
    private boolean burstable;

    @Column(name = "max_interfaces")
    private int maxInterfaces;

    @Column(name = "built_in")
    private boolean builtIn;

    @SuppressWarnings("NullAway.Init")
    protected InstanceTypeEntity() {}

    /** A type of the operator's own. */
    InstanceTypeEntity(InstanceTypeView view) {
        this.name = view.name();
        this.vcpus = view.vcpus();
        this.threadsPerCore = view.threadsPerCore();
        this.memoryMib = view.memoryMib();
        this.architecture = view.architecture();
        this.burstable = view.burstable();
        this.maxInterfaces = view.maxInterfaces();
        this.builtIn = false;
    }

    String name() {
        return name;
    }

    InstanceTypeView view() {
        return new InstanceTypeView(
                name, vcpus, threadsPerCore, memoryMib, architecture, burstable, maxInterfaces, builtIn);
    }
}
