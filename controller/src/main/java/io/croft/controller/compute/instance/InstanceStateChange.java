package io.croft.controller.compute.instance;

import io.croft.types.InstanceId;
import io.croft.types.InstanceState;

/** What a request made of an instance's state. */
public record InstanceStateChange(InstanceId id, InstanceState previous, InstanceState current) {}
