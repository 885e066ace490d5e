package io.croft.controller.restapi.compute.placementgroup;

import io.croft.controller.compute.launchspec.GroupChoice;
import io.croft.controller.compute.placementgroup.PlacementGroupView;
import io.croft.controller.compute.placementgroup.PlacementGroups;
import io.croft.controller.compute.placementgroup.PlacementStrategy;
import io.croft.controller.compute.placementgroup.SpreadLevel;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.compute.placementgroup.NewPlacementGroup;
import io.croft.rest.tenant.compute.placementgroup.PlacementGroup;
import io.croft.types.PlacementGroupId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Placement groups. */
@RestController
@RequestMapping(PlacementGroupRoutes.PATH)
class PlacementGroupRoutes {
    static final String PATH = "/v1/placement-groups";

    private final PlacementGroups groups;
    private final Creations creations;

    PlacementGroupRoutes(PlacementGroups groups, Creations creations) {
        this.groups = groups;
        this.creations = creations;
    }

    @GetMapping
    Slice<PlacementGroup> list(Caller caller, Query query) {
        return Slices.of(groups.describe(caller, query, List.of()), PlacementGroupRoutes::form);
    }

    @GetMapping("/{id}")
    PlacementGroup show(Caller caller, @PathVariable String id) {
        return form(Slices.only(groups.describe(caller, Slices.one(id), List.of())));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PlacementGroup> create(
            Caller caller,
            @RequestBody NewPlacementGroup request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var strategy = Values.named(
                "strategy",
                PlacementStrategy.values(),
                PlacementStrategy::ec2Name,
                Objects.requireNonNullElse(request.strategy(), PlacementStrategy.CLUSTER.ec2Name()));
        var level = Optional.ofNullable(request.spreadLevel())
                .map(l -> Values.named("spreadLevel", SpreadLevel.values(), SpreadLevel::ec2Name, l))
                .orElse(null);
        var id = creations.once(
                caller,
                "POST " + PATH,
                key,
                request,
                () -> groups.create(
                                caller,
                                request.name(),
                                strategy,
                                request.partitionCount(),
                                level,
                                Values.map(request.tags()))
                        .id()
                        .value());
        return Answers.created(PATH, id, show(caller, id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable PlacementGroupId id) {
        groups.delete(caller, new GroupChoice.ById(id));
    }

    private static PlacementGroup form(PlacementGroupView group) {
        return new PlacementGroup(
                group.id().value(),
                group.name(),
                group.strategy().ec2Name(),
                group.partitions(),
                Optional.ofNullable(group.spreadLevel())
                        .map(SpreadLevel::ec2Name)
                        .orElse(null),
                new TreeMap<>(group.tags()));
    }
}
