package io.croft.controller.compute.launchtemplate;

import io.croft.controller.compute.launchtemplate.LaunchTemplateTable.Row;
import io.croft.controller.compute.launchtemplate.LaunchTemplateTable.VersionRow;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.tags.Tags;
import io.croft.types.LaunchTemplateId;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists launch templates and their versions. */
@Component
class LaunchTemplateListing {
    private static final int LARGEST_PAGE = 200;
    private static final Noun TEMPLATES = Noun.of(
            ResourceType.LAUNCH_TEMPLATE,
            "launch_template l",
            l -> l.pageSizes(1, LARGEST_PAGE)
                    .filter("create-time", Listing.time("l.created"))
                    .filter("launch-template-name", "l.name"));
    private static final String LATEST =
            "v.version = (SELECT max(x.version) FROM launch_template_version x WHERE x.template = t.id)";
    private static final String DEFAULT = "v.version = t.default_version";
    private static final String METADATA_ENDPOINT =
            words("v.data -> 'metadata' ->> 'endpointEnabled'", "enabled", "disabled");

    private final LaunchTemplateTable table;
    private final Tags tags;
    private final JdbcClient jdbc;

    LaunchTemplateListing(LaunchTemplateTable table, Tags tags, JdbcClient jdbc) {
        this.table = table;
        this.tags = tags;
        this.jdbc = jdbc;
    }

    @Bean
    static Noun launchTemplateNoun() {
        return TEMPLATES;
    }

    Page<LaunchTemplateView> templates(Caller caller, Query query) {
        return shown(TEMPLATES.page(jdbc, caller, query, table::load, Row::id));
    }

    LaunchTemplateView view(LaunchTemplateId id) {
        return shown(new Page<>(table.load(List.of(id.value())), null)).items().getFirst();
    }

    private Page<LaunchTemplateView> shown(Page<Row> templates) {
        return tags.onto(templates, Row::id, LaunchTemplateListing::view);
    }

    private static LaunchTemplateView view(Row row, Map<String, String> tags) {
        return new LaunchTemplateView(
                row.id(),
                row.name(),
                row.account(),
                row.created(),
                row.createdBy(),
                row.defaultVersion(),
                row.latestVersion(),
                tags);
    }

    /** Those versions for which a condition holds, made of those below, a template's newest first. */
    Page<LaunchTemplateVersionView> versions(Caller caller, String condition, Query query) {
        var page = versions(condition).find(jdbc, caller.account(), query);
        var templates =
                page.items().stream().map(LaunchTemplateListing::template).toList();
        var numbers = page.items().stream().map(LaunchTemplateListing::number).toList();
        var rows = table.versions(templates, numbers).stream()
                .collect(Collectors.toMap(v -> key(v.template(), v.version()), Function.identity()));
        var owners = table.load(templates).stream().collect(Collectors.toMap(Row::id, Function.identity()));
        return new Page<>(
                page.items().stream()
                        .map(rows::get)
                        .filter(Objects::nonNull)
                        .filter(v -> owners.containsKey(v.template()))
                        .map(v -> view(Objects.requireNonNull(owners.get(v.template())), v))
                        .toList(),
                page.nextToken());
    }

    static LaunchTemplateVersionView view(Row template, VersionRow version) {
        return new LaunchTemplateVersionView(
                template.id(),
                template.name(),
                template.account(),
                version.version(),
                version.description(),
                version.created(),
                version.createdBy(),
                version.version() == template.defaultVersion(),
                version.data());
    }

    /** The listing of the versions for which a condition holds; its page tokens are of no use with another condition. */
    private static Listing versions(String condition) {
        return Listing.of(
                        "launch-template-versions where " + condition,
                        "launch_template_version v JOIN launch_template t ON t.id = v.template",
                        "t.id || ' ' || v.version")
                .visibleWhere("t.account = :account AND " + condition)
                .orderedBy("t.id || ' ' || lpad((" + Long.MAX_VALUE + " - v.version)::text, 19, '0')")
                .pageSizes(1, LARGEST_PAGE)
                .filter("create-time", Listing.time("v.created"))
                .filter("ebs-optimized", "v.data -> 'options' ->> 'ebsOptimized'")
                .filter("http-endpoint", METADATA_ENDPOINT)
                .filter("http-protocol-ipv4", METADATA_ENDPOINT)
                .filter("http-tokens", words("v.data -> 'metadata' ->> 'tokensRequired'", "required", "optional"))
                .filter("image-id", "v.data ->> 'image'")
                .filter("instance-type", "v.data ->> 'instanceType'")
                .filter("is-default-version", "(" + DEFAULT + ")::text")
                .filterNone(
                        "host-resource-group-arn",
                        "iam-instance-profile",
                        "kernel-id",
                        "license-configuration-arn",
                        "network-card-index",
                        "ram-disk-id");
    }

    /** EC2's words for a flag that may be absent. */
    private static String words(String flag, String yes, String no) {
        return "CASE " + flag + " WHEN 'true' THEN '" + yes + "' WHEN 'false' THEN '" + no + "' END";
    }

    /** A condition on one template, or none. */
    static String of(LaunchTemplateId template) {
        return "t.id = '" + template.value() + "'";
    }

    static String number(long version) {
        return "v.version = " + version;
    }

    static String between(long least, long most) {
        return "v.version BETWEEN " + least + " AND " + most;
    }

    static String latest() {
        return LATEST;
    }

    static String preset() {
        return DEFAULT;
    }

    private static String key(LaunchTemplateId template, long version) {
        return template.value() + " " + version;
    }

    private static String template(String key) {
        return key.substring(0, key.indexOf(' '));
    }

    private static Long number(String key) {
        return Long.valueOf(key.substring(key.indexOf(' ') + 1));
    }
}
