package io.croft.controller.instancetype;

/** Counts what has an instance type; the module of the instances provides it. */
public interface InstanceTypeUsage {
    /** How many instances that are not terminated have it, whoever owns them. */
    int instancesOf(String type);
}
