package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.InstanceVolumes;
import io.croft.controller.network.eni.InstanceNetworks;
import io.croft.controller.tags.Tags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Loads instances with everything that belongs to them, in the same number of queries for one as for a thousand. */
@Component
public class InstanceAssembly {
    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceNetworks networks;
    private final InstanceVolumes volumes;
    private final Tags tags;

    InstanceAssembly(
            InstanceTable instances, VmTable vms, InstanceNetworks networks, InstanceVolumes volumes, Tags tags) {
        this.instances = instances;
        this.vms = vms;
        this.networks = networks;
        this.volumes = volumes;
        this.tags = tags;
    }

    /** The instances in the order of the ids; one that went meanwhile is left out. */
    List<InstanceParts> of(Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var rows = instances.load(ids).stream().collect(Collectors.toMap(r -> r.id().value(), r -> r));
        var ordered = ids.stream().map(rows::get).filter(Objects::nonNull).toList();
        var typed = ordered.stream().map(InstanceRow::id).toList();
        var places = vms.everywhere(typed).stream().collect(Collectors.groupingBy(VmRow::instance));
        var interfaces = networks.of(typed);
        var attached = volumes.of(typed);
        var tagged = tags.of(ids);
        return ordered.stream()
                .map(r -> new InstanceParts(
                        r,
                        places.getOrDefault(r.id(), List.of()),
                        interfaces.getOrDefault(r.id(), List.of()),
                        attached.getOrDefault(r.id(), List.of()),
                        tagged.getOrDefault(r.id().value(), Map.of())))
                .toList();
    }

    /** As their owners see them, in the order of the ids. */
    public List<InstanceView> views(Collection<String> ids) {
        return of(ids).stream().map(InstanceParts::view).toList();
    }
}
