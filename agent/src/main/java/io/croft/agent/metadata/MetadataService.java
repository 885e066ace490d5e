package io.croft.agent.metadata;

import io.croft.types.VpcId;
import java.util.Set;

/** Serves the link-local services inside the VPCs' router namespaces: instance metadata on 169.254.169.254:80, the time on 169.254.169.123:123 (UDP). */
public interface MetadataService extends AutoCloseable {
    /** Listens in the VPC's router namespace, which must stand; does nothing when it listens already. */
    void serve(VpcId vpc);

    /** Stops listening in the VPC. */
    void withdraw(VpcId vpc);

    /** The VPCs in which it listens. */
    Set<VpcId> serving();

    @Override
    void close();
}
