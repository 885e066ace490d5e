package io.croft.agent.metadata;

import io.croft.types.VpcId;
import java.util.Set;

/** Serves 169.254.169.254:80 inside the VPCs' router namespaces. */
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
