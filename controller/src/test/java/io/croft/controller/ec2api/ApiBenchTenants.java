package io.croft.controller.ec2api;

import io.croft.controller.ec2api.EdgeWorld.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The accounts of {@link ApiBench}, each with a VPC and a subnet of 65,536 addresses. Instances come in bulk: each is a copy, row by row, of one that was
 * launched. The copies are placed on hosts of their own, which are full.
 */
final class ApiBenchTenants {
    private static final int HOSTS = 40;

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Tenants tenants;
    private final List<BenchTenant> all = new ArrayList<>();

    ApiBenchTenants(JdbcClient database, TransactionTemplate transaction, Tenants tenants) {
        this.database = database;
        this.transaction = transaction;
        this.tenants = tenants;
    }

    /**
     * An account.
     *
     * @param subnet where it launches
     * @param pattern the instance that its others are copies of
     */
    record BenchTenant(Tenant tenant, String image, String subnet, String group, String pattern) {
        /** The form of a launch of one instance. */
        String launch() {
            return "Action=RunInstances&Version=2016-11-15&InstanceType=t3.nano&MinCount=1&MaxCount=1&ImageId=" + image
                    + "&SubnetId=" + subnet + "&SecurityGroupId.1=" + group
                    + "&TagSpecification.1.ResourceType=instance&TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=launched";
        }

        /** The name tag of the copy with this number. */
        static String name(int number) {
            return "web-" + number;
        }

        /** The private address of the copy with this number, which is below 10,000. */
        static String address(int number) {
            return "10.0." + (number + 1000) / 256 + "." + (number + 1000) % 256;
        }
    }

    /** Makes the accounts and the hosts. */
    void create(int count) {
        for (var i = 0; i < count; i++) {
            all.add(tenant("bench-" + i));
        }
        for (var i = 0; i < HOSTS; i++) {
            cloneHost(i);
        }
    }

    BenchTenant get(int index) {
        return all.get(index);
    }

    private BenchTenant tenant(String name) {
        var tenant = tenants.create(name);
        var account = tenant.account.value();
        var vpc = "vpc-" + hex(name);
        var subnet = "subnet-" + hex(name);
        var group = "sg-" + hex(name);
        copy(
                "vpc",
                "account = :a AND is_default",
                "'id', :vpc::text, 'cidr', '10.0.0.0/16', 'is_default', false",
                Map.of("a", account, "vpc", vpc));
        copy(
                "subnet",
                "account = :a AND default_for_zone AND zone = 'us-east-1a'",
                """
                'id', :id::text, 'vpc', :vpc::text, 'cidr', '10.0.0.0/16', 'default_for_zone', false, 'map_public_address', false,
                'vni', nextval('subnet_vni'), 'gateway_mac', :id::text""",
                Map.of("a", account, "id", subnet, "vpc", vpc));
        copy(
                "security_group",
                "account = :a",
                "'id', :id::text, 'vpc', :vpc::text",
                Map.of("a", account, "id", group, "vpc", vpc));
        database.sql(
                        "UPDATE subnet SET gateway_mac = '06:' || substr(regexp_replace(md5(id), '(..)', '\\1:', 'g'), 1, 14) WHERE id = ?")
                .param(subnet)
                .update();
        var image = tenant.image(name);
        var blank = new BenchTenant(tenant, image, subnet, group, "");
        var answer = tenant.send("ec2", blank.launch()).body();
        return new BenchTenant(tenant, image, subnet, group, between(answer, "<instanceId>", "</instanceId>"));
    }

    static String between(String text, String before, String after) {
        var from = text.indexOf(before);
        if (from < 0) {
            throw new IllegalStateException(text);
        }
        return text.substring(from + before.length(), text.indexOf(after, from));
    }

    private static String hex(String name) {
        return "%017x".formatted(name.hashCode() & 0xffffffffL);
    }

    /** Copies rows with some of their columns changed, which {@code changes} names and says, as {@code jsonb_build_object} takes them. */
    private void copy(String table, String where, String changes, Map<String, ?> parameters) {
        database.sql("INSERT INTO " + table
                        + " OVERRIDING USER VALUE SELECT (jsonb_populate_record(t, jsonb_build_object(" + changes
                        + "))).* FROM " + table + " t WHERE ctid = (SELECT ctid FROM " + table + " WHERE " + where
                        + " LIMIT 1)")
                .params(parameters)
                .update();
    }

    private void cloneHost(int number) {
        var id = "host-" + hex("bench-host-" + number);
        var pattern = tenants.host().id().value();
        copy("host", "id = :p", "'id', :id::text, 'name', :id::text", Map.of("p", pattern, "id", id));
        copy("host_capacity", "host = :p", """
                'host', :id::text, 'vcpus', 0, 'memory_bytes', 0, 'disk_bytes', 0, 'claimed_vcpus', 0, 'claimed_memory', 0, 'claimed_disk', 0""", Map.of("p", pattern, "id", id));
        copy("host_session", "host = :p", "'host', :id::text", Map.of("p", pattern, "id", id));
    }

    /** Gives an account {@code count} more instances that run, numbered from 1. */
    void load(BenchTenant owner, int count) {
        transaction.executeWithoutResult(_ -> copyPattern(owner, count));
    }

    /** Leaves the hosts of the copies full, and has the database look at its tables, as it does by itself in time. */
    void settle() {
        database.sql("""
                        UPDATE host_capacity c SET (claimed_vcpus, claimed_memory, claimed_disk, vcpus, memory_bytes, disk_bytes) = (
                            SELECT sum(vcpus), sum(memory_bytes), sum(disk_bytes), sum(vcpus), sum(memory_bytes), sum(disk_bytes)
                            FROM host_claim k WHERE k.host = c.host)
                        WHERE host <> :simulated AND EXISTS (SELECT FROM host_claim k WHERE k.host = c.host)
                        """).param("simulated", tenants.host().id().value()).update();
        database.sql("VACUUM ANALYZE").update();
    }

    private void copyPattern(BenchTenant owner, int count) {
        var account = owner.tenant().account.value();
        database.sql("""
                        CREATE TEMPORARY TABLE seat (n int, number int, instance text, volume text, nic text, attachment text, reservation text, host text)
                        ON COMMIT DROP
                        """).update();
        database.sql("""
                        INSERT INTO seat SELECT n, free.number, 'i-' || substr(md5(:a || 'i' || n), 1, 17) AS instance, 'vol-' || substr(md5(:a || 'v' || n), 1, 17) AS volume,
                            'eni-' || substr(md5(:a || 'n' || n), 1, 17) AS nic, 'eni-attach-' || substr(md5(:a || 'a' || n), 1, 17) AS attachment,
                            'r-' || substr(md5(:a || 'r' || n), 1, 17) AS reservation, h.id AS host
                        FROM generate_series(1, :count::int) n
                        JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM host WHERE id <> :simulated) h ON h.place = n % :hosts
                        JOIN (SELECT g.number, row_number() OVER (ORDER BY g.number) AS n FROM generate_series(1000, 65000) AS g (number)
                            WHERE NOT EXISTS (SELECT FROM private_address p WHERE p.subnet = :subnet AND p.number = g.number)) free USING (n)
                        """)
                .param("a", account)
                .param("count", count)
                .param("subnet", owner.subnet())
                .param("simulated", tenants.host().id().value())
                .param("hosts", HOSTS)
                .update();
        copies(
                "instance",
                "t.id = :p",
                "'id', s.instance, 'reservation', s.reservation, 'state', 'RUNNING', 'deadline', null, 'has_run', true",
                owner);
        copies("vm", "t.instance = :p", "'instance', s.instance, 'host', s.host", owner);
        copies(
                "volume",
                "t.id = (SELECT volume FROM volume_attachment WHERE instance = :p)",
                "'id', s.volume, 'state', 'IN_USE'",
                owner);
        copies(
                "volume_placement",
                "t.volume = (SELECT volume FROM volume_attachment WHERE instance = :p)",
                "'volume', s.volume, 'host', s.host",
                owner);
        copies(
                "volume_attachment",
                "t.instance = :p",
                "'volume', s.volume, 'instance', s.instance, 'state', 'ATTACHED'",
                owner);
        var nic = "(SELECT interface FROM network_interface_attachment WHERE instance = :p)";
        copies("network_interface", "t.id = " + nic, """
                'id', s.nic, 'private_address', host('10.0.0.0'::inet + s.number),
                'mac', '06:' || substr(regexp_replace(md5(s.nic), '(..)', '\\1:', 'g'), 1, 14)""", owner);
        copies(
                "network_interface_attachment",
                "t.instance = :p",
                "'id', s.attachment, 'interface', s.nic, 'instance', s.instance",
                owner);
        copies("network_interface_placement", "t.interface = " + nic, "'interface', s.nic, 'host', s.host", owner);
        copies("network_interface_group", "t.interface = " + nic, "'interface', s.nic", owner);
        copies("private_address", "t.interface = " + nic, "'interface', s.nic, 'number', s.number", owner);
        copies("host_claim", "t.holder = :p", "'host', s.host, 'holder', s.instance", owner);
        copies(
                "host_claim",
                "t.holder = (SELECT volume FROM volume_attachment WHERE instance = :p)",
                "'host', s.host, 'holder', s.volume",
                owner);
        for (var kind : List.of("instance", "volume", "nic")) {
            var of = switch (kind) {
                case "instance" -> ":p";
                case "volume" -> "(SELECT volume FROM volume_attachment WHERE instance = :p)";
                default -> nic;
            };
            copies("host_document", "t.id = " + of, "'host', s.host, 'id', s." + kind, owner);
        }
        copies(
                "tag",
                "t.resource_id = :p AND t.key = 'Name'",
                "'resource_id', s.instance, 'value', 'web-' || s.n",
                owner);
        database.sql("""
                        INSERT INTO history (account, resource_id, at, event, detail)
                        SELECT h.account, s.instance, h.at, h.event, h.detail FROM history h CROSS JOIN seat s WHERE h.resource_id = :p
                        """).param("p", owner.pattern()).update();
    }

    /** One copy of the row for each of the table {@code seat}; an identity is drawn anew. */
    private void copies(String table, String where, String changes, BenchTenant owner) {
        database.sql("INSERT INTO " + table
                        + " OVERRIDING USER VALUE SELECT (jsonb_populate_record(t, jsonb_build_object(" + changes
                        + "))).* FROM " + table + " t CROSS JOIN seat s WHERE " + where)
                .param("p", owner.pattern())
                .update();
    }
}
