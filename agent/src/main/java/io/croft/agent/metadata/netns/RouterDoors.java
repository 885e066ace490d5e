package io.croft.agent.metadata.netns;

import io.croft.agent.metadata.MetadataService;
import io.croft.agent.network.NetworkException;
import io.croft.types.VpcId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What listens in the VPCs' router namespaces: every door is open in each, or the VPC counts as not served. A namespace that was made anew gets new listeners. */
public final class RouterDoors implements MetadataService {
    private static final Logger log = LoggerFactory.getLogger(RouterDoors.class);

    private final Function<VpcId, Path> namespaces;
    private final List<Door> doors;
    private final Map<VpcId, Opened> opened = new ConcurrentHashMap<>();

    private record Opened(Object namespace, List<Listener> listeners) {
        boolean whole() {
            return listeners.stream().allMatch(Listener::listens);
        }
    }

    /** A service that any number of VPCs have one listener of each. */
    public interface Door {
        /** Opens a listener in the namespace that the file stands for. */
        Listener open(VpcId vpc, Path namespace) throws IOException;

        /** Ends what the listeners share; all of them are closed by then. */
        default void close() {}
    }

    /** One VPC's listener. */
    public interface Listener {
        /** Whether it still does. */
        default boolean listens() {
            return true;
        }

        void close() throws IOException;
    }

    /**
     * Listens nowhere yet.
     *
     * @param namespaces the file that stands for the router namespace of a VPC
     */
    public RouterDoors(Function<VpcId, Path> namespaces, List<Door> doors) {
        this.namespaces = namespaces;
        this.doors = List.copyOf(doors);
    }

    @Override
    public synchronized void serve(VpcId vpc) {
        var listeners = new ArrayList<Listener>();
        try {
            var file = namespaces.apply(vpc);
            var namespace = Files.getAttribute(file, "unix:ino");
            var now = opened.get(vpc);
            if (now != null && now.whole() && now.namespace().equals(namespace)) {
                return;
            }
            withdraw(vpc);
            for (var door : doors) {
                listeners.add(door.open(vpc, file));
            }
            opened.put(vpc, new Opened(namespace, List.copyOf(listeners)));
        } catch (IOException e) {
            close(listeners);
            throw new NetworkException("cannot serve metadata and time in " + vpc, e);
        }
    }

    @Override
    public synchronized void withdraw(VpcId vpc) {
        var before = opened.remove(vpc);
        if (before != null) {
            close(before.listeners());
        }
    }

    private static void close(List<Listener> listeners) {
        for (var listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                log.atWarn().setCause(e).log("Could not close a listener");
            }
        }
    }

    @Override
    public Set<VpcId> serving() {
        return opened.entrySet().stream()
                .filter(entry -> entry.getValue().whole())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized void close() {
        Set.copyOf(opened.keySet()).forEach(this::withdraw);
        doors.forEach(Door::close);
    }
}
