package io.croft.controller.compute.instance;

import io.croft.types.AccountId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.util.List;

/**
 * An instance that ended or stops on a host, whose own proof of it is outstanding.
 *
 * @param addresses what is held for it until then, private ones first
 */
public record HeldInstance(InstanceId id, AccountId account, InstanceState state, List<String> addresses) {
    public HeldInstance {
        addresses = List.copyOf(addresses);
    }
}
