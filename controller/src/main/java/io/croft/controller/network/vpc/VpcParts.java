package io.croft.controller.network.vpc;

import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.types.VpcId;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All that the rooms above have of each VPC. */
@Component
public class VpcParts {
    private final ObjectProvider<VpcPart> parts;

    VpcParts(ObjectProvider<VpcPart> parts) {
        this.parts = parts;
    }

    /** Makes what a VPC starts with. */
    public void begin(Vpc vpc) {
        parts.forEach(p -> p.begin(vpc));
    }

    boolean hold(VpcId vpc) {
        return parts.stream().anyMatch(p -> p.holds(vpc));
    }

    /** Deletes what a VPC started with; returns the ids of all that is gone. */
    public List<String> end(VpcId vpc) {
        return parts.stream().flatMap(p -> p.end(vpc).stream()).toList();
    }
}
