package io.croft.controller.awsedge;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;

/** All actions that are served, found once at start-up among the beans that are {@link ActionGroup}s. */
@Component
class ActionCatalogue implements SupportedActions {
    private final Map<String, AwsService> services;
    private final Map<String, ActionMethod> actions = new TreeMap<>();

    ActionCatalogue(List<AwsService> services, ListableBeanFactory beans) {
        var groups = beans.getBeansWithAnnotation(ActionGroup.class).values();
        this.services = services.stream()
                .map(s -> s.with(groups.stream()
                        .map(ActionCatalogue::declared)
                        .filter(g -> g.service().equals(s.name()))
                        .flatMap(g -> Arrays.stream(g.badValues()))))
                .collect(Collectors.toMap(AwsService::name, Function.identity()));
        groups.forEach(this::add);
    }

    private static ActionGroup declared(Object group) {
        return group.getClass().getAnnotation(ActionGroup.class);
    }

    private void add(Object group) {
        var name = declared(group).service();
        var service = Objects.requireNonNull(services.get(name), () -> "no service is named " + name);
        Arrays.stream(group.getClass().getDeclaredMethods())
                .filter(m -> m.isAnnotationPresent(Action.class))
                .map(m -> ActionMethod.of(service, group, m))
                .forEach(this::add);
    }

    private void add(ActionMethod action) {
        action.method().setAccessible(true);
        if (actions.putIfAbsent(key(action.service().name(), action.name()), action) != null) {
            throw new IllegalStateException(action.name() + " has two methods");
        }
    }

    Optional<AwsService> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    Optional<ActionMethod> action(AwsService service, String name) {
        return Optional.ofNullable(actions.get(key(service.name(), name)));
    }

    @Override
    public List<SupportedAction> all() {
        return actions.values().stream().map(ActionMethod::described).toList();
    }

    private static String key(String service, String action) {
        return service + ":" + action;
    }
}
