package io.croft.controller.blockstorage.snapshot.store;

import io.croft.types.ResourceId;
import io.croft.types.ResourceType;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which names the store's objects have, and what is there under them. Other names are somebody else's, such as files half copied: they count for nothing, and are told. */
final class StoreLayout {
    private static final String MANIFESTS = "manifests";
    private static final String PACKS = "packs";
    private static final Pattern PACK = Pattern.compile("[0-9a-f]{64}");

    private final ObjectStore objects;

    StoreLayout(ObjectStore objects) {
        this.objects = objects;
    }

    static String manifest(SnapshotStore.Ref ref) {
        return MANIFESTS + "/" + ref.lineage() + "/" + ref.snapshot();
    }

    static String pack(String lineage, String pack) {
        return PACKS + "/" + lineage + "/" + pack;
    }

    /** The snapshot of that name; empty when a snapshot has no such name. */
    static Optional<SnapshotId> snapshot(String name) {
        return ResourceId.wellFormed(ResourceType.SNAPSHOT, name)
                ? Optional.of(new SnapshotId(name))
                : Optional.empty();
    }

    /** The lineages of which there are manifests or packs. */
    Set<String> lineages() throws IOException {
        var lineages = new TreeSet<>(objects.list(MANIFESTS));
        lineages.addAll(objects.list(PACKS));
        lineages.removeIf(n -> !Lineage.isId(n));
        return lineages;
    }

    /** The snapshots of a lineage that have a manifest. */
    List<SnapshotId> snapshots(String lineage) throws IOException {
        return objects.list(MANIFESTS + "/" + lineage).stream()
                .flatMap(n -> snapshot(n).stream())
                .toList();
    }

    /** The packs of a lineage. */
    List<String> packs(String lineage) throws IOException {
        return objects.list(PACKS + "/" + lineage).stream()
                .filter(StoreLayout::isPack)
                .toList();
    }

    private static boolean isPack(String name) {
        return PACK.matcher(name).matches();
    }

    /** What is among the objects and none of them. */
    List<String> strays() throws IOException {
        var strays = new TreeSet<String>();
        for (var folder : List.of(MANIFESTS, PACKS)) {
            objects.list(folder).stream().filter(n -> !Lineage.isId(n)).forEach(n -> strays.add(folder + "/" + n));
        }
        for (var lineage : lineages()) {
            Stream.concat(
                            objects.list(MANIFESTS + "/" + lineage).stream()
                                    .filter(n -> snapshot(n).isEmpty())
                                    .map(n -> MANIFESTS + "/" + lineage + "/" + n),
                            objects.list(PACKS + "/" + lineage).stream()
                                    .filter(n -> !isPack(n))
                                    .map(n -> pack(lineage, n)))
                    .forEach(strays::add);
        }
        return List.copyOf(strays);
    }
}
