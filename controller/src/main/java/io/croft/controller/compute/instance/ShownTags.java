package io.croft.controller.compute.instance;

import io.croft.controller.compute.launchspec.LaunchRules;
import io.croft.controller.tags.Tags;
import io.croft.controller.tags.TagsChanged;
import io.croft.types.InstanceId;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tags of instances whose metadata services show them: their hosts are told of changes, inside the transaction that changes them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ShownTags {
    private final InstanceTable instances;
    private final Tags tags;
    private final InstanceDocuments documents;

    ShownTags(InstanceTable instances, Tags tags, InstanceDocuments documents) {
        this.instances = instances;
        this.tags = tags;
        this.documents = documents;
    }

    @EventListener
    void on(TagsChanged changed) {
        var ids = instances.load(changed.resourceIds()).stream()
                .filter(i -> i.metadata().tagsInMetadata())
                .map(InstanceRow::id)
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        tags.of(ids.stream().map(InstanceId::value).toList())
                .values()
                .forEach(shown -> LaunchRules.checkShownTags(shown.keySet()));
        documents.changed(ids);
    }
}
