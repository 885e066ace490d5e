package io.croft.controller.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.Query;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.hostlink.ScriptedHosts;
import io.croft.controller.identity.Accounts;
import io.croft.types.AccountId;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What tests of this module share: accounts, images and hosts made in a few words. */
@TestComponent
@Import(ScriptedHosts.class)
public class ComputeWorld {
    static final String ZONE = "us-east-1a";

    private final Accounts accounts;
    private final Instances instances;

    private final Launches launches;
    private final ScriptedHosts hosts;
    private final JdbcClient jdbc;
    private final RandomGenerator random;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final AtomicInteger names = new AtomicInteger();

    ComputeWorld(
            Accounts accounts,
            Instances instances,
            Launches launches,
            ScriptedHosts hosts,
            JdbcClient jdbc,
            RandomGenerator random,
            ApplicationEventPublisher events,
            TransactionTemplate transaction) {
        this.accounts = accounts;
        this.instances = instances;
        this.launches = launches;
        this.hosts = hosts;
        this.jdbc = jdbc;
        this.random = random;
        this.events = events;
        this.transaction = transaction;
    }

    /** The administrator of a new account. */
    public Caller tenant() {
        return caller(accounts.create("tenant" + names.incrementAndGet()).id());
    }

    static Caller caller(AccountId account) {
        return new Caller(account, "test", Role.ADMIN, "request-of-" + account, "127.0.0.1");
    }

    /** No host at all, until one is added. */
    public void withoutHosts() {
        hosts.retireAll();
    }

    /** A host in the first zone, the only one that takes claims unless more are added. */
    public ScriptedHost onlyHost(int cpus) {
        hosts.retireAll();
        return anotherHost(cpus);
    }

    public ScriptedHost anotherHost(int cpus) {
        return hosts.add(ZONE, cpus);
    }

    public void vanish(ScriptedHost host) {
        host.vanish(events, transaction);
    }

    /** An image of 2 GiB that every account can launch. */
    public ImageId image() {
        return image("x86_64");
    }

    public ImageId image(String architecture) {
        var id = ImageId.random(random);
        var digest = "%064x".formatted(random.nextLong() & Long.MAX_VALUE);
        var owner = accounts.create("publisher" + names.incrementAndGet()).id();
        jdbc.sql("INSERT INTO blob (digest, size) VALUES (?, 1)").param(digest).update();
        jdbc.sql("""
                        INSERT INTO image (id, account, name, description, state, is_public, architecture, boot_mode, digest, blob_bytes,
                            virtual_bytes, root_device, root_gib, root_type, root_delete_on_termination, ena_support, created)
                        VALUES (?, ?, ?, '', 'AVAILABLE', true, ?, 'BIOS', ?, 1, 2147483648, '/dev/xvda', 2, 'gp3', true, true, now())
                        """)
                .params(id.value(), owner.value(), "image-" + id.value(), architecture, digest)
                .update();
        return id;
    }

    public InstanceView launch(Caller caller, ImageId image) {
        return launches.run(caller, LaunchRequests.of(image).build())
                .instances()
                .getFirst();
    }

    public InstanceView show(Caller caller, InstanceId id) {
        return instances
                .describe(caller, Query.ofIds(List.of(id.value())))
                .items()
                .getFirst();
    }

    public void assertState(Caller caller, InstanceId id, InstanceState state) {
        assertThat(show(caller, id).state()).isEqualTo(state);
    }

    /** Makes an instance's deadline pass. */
    public void letDeadlinePass(InstanceId id) {
        jdbc.sql("UPDATE instance SET deadline = now() - interval '1 second' WHERE id = ? AND deadline IS NOT NULL")
                .param(id.value())
                .update();
    }

    /** Makes an ended instance's end lie more than an hour back. */
    public void makeOlder(InstanceId id) {
        jdbc.sql("UPDATE instance SET state_since = now() - interval '61 minutes' WHERE id = ?")
                .param(id.value())
                .update();
    }

    /** How many rows a table has. */
    public long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }
}
