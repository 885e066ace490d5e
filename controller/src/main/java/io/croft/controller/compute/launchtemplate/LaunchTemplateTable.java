package io.croft.controller.compute.launchtemplate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import io.croft.types.LaunchTemplateId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code launch_template} and {@code launch_template_version}. Whoever changes a template or its versions holds the lock of the template's row. */
@Component
class LaunchTemplateTable {
    private static final String TEMPLATES =
            "SELECT t.*, (SELECT max(v.version) FROM launch_template_version v WHERE v.template = t.id) AS latest FROM launch_template t ";

    /** Of what is not said nothing is written, so that parts that are new change no text. */
    private static final JsonInclude.Value NOT_EMPTY = JsonInclude.Value.construct(Include.NON_EMPTY, Include.ALWAYS);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    LaunchTemplateTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json.rebuild()
                .changeDefaultPropertyInclusion(i -> i.withValueInclusion(Include.NON_NULL))
                .withConfigOverride(List.class, o -> o.setInclude(NOT_EMPTY))
                .withConfigOverride(SortedMap.class, o -> o.setInclude(NOT_EMPTY))
                .build();
    }

    record Row(
            LaunchTemplateId id,
            AccountId account,
            String name,
            Instant created,
            String createdBy,
            long defaultVersion,
            long latestVersion) {}

    record VersionRow(
            LaunchTemplateId template,
            long version,
            @Nullable String description,
            Instant created,
            String createdBy,
            LaunchSpec data) {}

    /** Inserts a template whose first version follows in the same transaction; false when the account has one of that name. */
    boolean insert(LaunchTemplateId id, AccountId account, String name, Instant created, String createdBy) {
        return jdbc.sql("""
                        INSERT INTO launch_template (id, account, name, created, created_by, default_version, last_version)
                        VALUES (:id, :account, :name, :created, :createdBy, 1, 0) ON CONFLICT (account, name) DO NOTHING
                        """)
                        .param("id", id.value())
                        .param("account", account.value())
                        .param("name", name)
                        .param("created", Instants.column(created))
                        .param("createdBy", createdBy)
                        .update()
                == 1;
    }

    /** Adds the next version and returns its number. */
    long insertVersion(
            LaunchTemplateId template,
            @Nullable String description,
            Instant created,
            String createdBy,
            LaunchSpec data) {
        return jdbc.sql("""
                        WITH next AS (
                            UPDATE launch_template SET last_version = last_version + 1 WHERE id = :template RETURNING last_version
                        )
                        INSERT INTO launch_template_version (template, version, description, created, created_by, data)
                        SELECT :template, last_version, :description, :created, :createdBy, :data::jsonb FROM next RETURNING version
                        """)
                .param("template", template.value())
                .param("description", description)
                .param("created", Instants.column(created))
                .param("createdBy", createdBy)
                .param("data", text(data))
                .query(Long.class)
                .single();
    }

    /** The data as they are written down; the same for equal ones. */
    String text(LaunchSpec data) {
        return json.writeValueAsString(data);
    }

    void setDefault(LaunchTemplateId template, long version) {
        jdbc.sql("UPDATE launch_template SET default_version = :version WHERE id = :id")
                .param("version", version)
                .param("id", template.value())
                .update();
    }

    void delete(LaunchTemplateId template) {
        jdbc.sql("DELETE FROM launch_template WHERE id = :id")
                .param("id", template.value())
                .update();
    }

    boolean deleteVersion(LaunchTemplateId template, long version) {
        return jdbc.sql("DELETE FROM launch_template_version WHERE template = :template AND version = :version")
                        .param("template", template.value())
                        .param("version", version)
                        .update()
                == 1;
    }

    Optional<Row> find(AccountId account, LaunchTemplateReference reference) {
        return find(account, reference, "");
    }

    /** The template with its row locked. */
    Optional<Row> lock(AccountId account, LaunchTemplateReference reference) {
        return find(account, reference, " FOR UPDATE OF t");
    }

    private Optional<Row> find(AccountId account, LaunchTemplateReference reference, String lock) {
        var column = switch (reference) {
            case LaunchTemplateReference.ById _ -> "id";
            case LaunchTemplateReference.ByName _ -> "name";
        };
        var value = switch (reference) {
            case LaunchTemplateReference.ById(var id) -> id.value();
            case LaunchTemplateReference.ByName(var name) -> name;
        };
        return jdbc.sql(TEMPLATES + "WHERE t.account = :account AND t." + column + " = :value" + lock)
                .param("account", account.value())
                .param("value", value)
                .query((row, _) -> row(row))
                .optional();
    }

    List<Row> load(Collection<String> ids) {
        return jdbc.sql(TEMPLATES + "WHERE t.id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    List<Row> of(AccountId account) {
        return jdbc.sql(TEMPLATES + "WHERE t.account = :account ORDER BY t.id")
                .param("account", account.value())
                .query((row, _) -> row(row))
                .list();
    }

    Optional<VersionRow> version(LaunchTemplateId template, long version) {
        return versions(List.of(template.value()), List.of(version)).stream().findFirst();
    }

    /** The versions whose templates and numbers stand at the same places of the two lists. */
    List<VersionRow> versions(List<String> templates, List<Long> versions) {
        return jdbc.sql("""
                        SELECT v.* FROM unnest(:templates::text[], :versions::bigint[]) AS p (template, version)
                        JOIN launch_template_version v ON v.template = p.template AND v.version = p.version
                        """)
                .param("templates", templates.toArray(String[]::new))
                .param("versions", versions.toArray(Long[]::new))
                .query((row, _) -> versionRow(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new LaunchTemplateId(row.getString("id")),
                new AccountId(row.getString("account")),
                row.getString("name"),
                Instants.of(row, "created"),
                row.getString("created_by"),
                row.getLong("default_version"),
                row.getLong("latest"));
    }

    private VersionRow versionRow(ResultSet row) throws SQLException {
        return new VersionRow(
                new LaunchTemplateId(row.getString("template")),
                row.getLong("version"),
                row.getString("description"),
                Instants.of(row, "created"),
                row.getString("created_by"),
                json.readValue(row.getString("data"), LaunchSpec.class));
    }
}
