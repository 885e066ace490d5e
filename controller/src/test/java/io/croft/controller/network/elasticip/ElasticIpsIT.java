package io.croft.controller.network.elasticip;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.network.elasticip.ElasticIps.Target;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.protocol.InterfaceSpec;
import io.croft.types.ElasticIpAssociationId;
import io.croft.types.ElasticIpId;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Elastic addresses on their way from interface to interface: no two hosts are ever told of one. */
@ComputeTest
class ElasticIpsIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    ElasticIps addresses;

    @Autowired
    ElasticIpMoves moves;

    @Autowired
    Instances instances;

    @Autowired
    JdbcClient jdbc;

    private Caller caller;
    private ImageId image;
    private ScriptedHost one;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        one = world.onlyHost(2);
    }

    private InstanceId running(ScriptedHost host) {
        var id = world.launch(caller, image).id();
        host.converge();
        return id;
    }

    private NetworkInterfaceView nic(InstanceId id) {
        return world.show(caller, id).interfaces().getFirst();
    }

    private @Nullable String told(ScriptedHost host, InstanceId id) {
        return ((InterfaceSpec) host.document(nic(id).id()).orElseThrow()).publicAddress();
    }

    private ElasticIpView show(ElasticIpId id) {
        return addresses
                .describe(caller, Query.ofIds(List.of(id.value())))
                .items()
                .getFirst();
    }

    private ElasticIpAssociationId associate(ElasticIpView address, InstanceId to) {
        return addresses.associate(caller, address.id(), new Target.Instance(to), null, true);
    }

    private List<String> claims() {
        return jdbc.sql("""
                        SELECT address || coalesce(' at ' || interface, '') || coalesce(' of ' || elastic_ip, '')
                            || CASE WHEN retired_generation IS NULL THEN '' ELSE ' leaving' END
                        FROM public_address WHERE interface IN (SELECT id FROM network_interface WHERE account = :account)
                            OR elastic_ip IN (SELECT id FROM elastic_ip WHERE account = :account) ORDER BY 1
                        """)
                .param("account", caller.account().value())
                .query(String.class)
                .list();
    }

    @Test
    void takesThePlaceOfAnAddressOfThePool() {
        var id = running(one);
        var before = nic(id).publicAddress();
        var elastic = addresses.allocate(caller, null, Map.of("a", "b"));
        assertThat(claims()).hasSize(2).anyMatch(c -> c.equals(elastic.address() + " of " + elastic.id()));
        var association = associate(elastic, id);
        assertThat(told(one, id)).isEqualTo(elastic.address());
        assertThat(claims()).anyMatch(c -> c.startsWith(before + " at ") && c.endsWith(" leaving"));
        assertThat(associate(elastic, id)).as("again").isEqualTo(association);
        one.converge();
        assertThat(claims()).containsExactly(elastic.address() + " at " + nic(id).id() + " of " + elastic.id());
        assertThat(Objects.requireNonNull(nic(id).elastic()).association()).isEqualTo(association);
        assertThat(Objects.requireNonNull(show(elastic.id()).place()).instance())
                .isEqualTo(id);
        refused(ErrorCode.ADDRESS_IN_USE, () -> addresses.release(caller, elastic.id()));

        instances.stop(caller, List.of(id), false);
        one.converge();
        assertThat(nic(id).publicAddress()).as("kept while it is stopped").isEqualTo(elastic.address());
        instances.start(caller, List.of(id));
        one.converge();
        assertThat(told(one, id)).isEqualTo(elastic.address());

        addresses.disassociate(caller, association);
        assertThat(told(one, id)).isNull();
        assertThat(show(elastic.id()).place()).isNull();
        refused(ErrorCode.ASSOCIATION_NOT_FOUND, () -> addresses.disassociate(caller, association));
        one.converge();
        assertThat(claims()).containsExactly(elastic.address() + " of " + elastic.id());
        instances.stop(caller, List.of(id), false);
        one.converge();
        instances.start(caller, List.of(id));
        one.converge();
        assertThat(nic(id).publicAddress()).as("another at the next start").isNotNull();
        addresses.release(caller, elastic.id());
        assertThat(claims()).hasSize(1);
    }

    @Test
    void movesOnlyOnceItsHostAnswersNoMore() {
        var here = running(one);
        var other = world.anotherHost(2);
        var there = running(other);
        var elastic = addresses.allocate(caller, null, Map.of());
        associate(elastic, here);
        one.converge();
        var auto = told(other, there);
        refused(
                ErrorCode.ALREADY_ATTACHED,
                () -> addresses.associate(caller, elastic.id(), new Target.Instance(there), null, false));
        associate(elastic, there);
        assertThat(Objects.requireNonNull(show(elastic.id()).place()).instance())
                .isEqualTo(there);
        assertThat(told(one, here)).isNull();
        assertThat(told(other, there)).as("until the first host has shown it").isEqualTo(auto);
        other.converge();
        assertThat(told(other, there)).isEqualTo(auto);
        one.converge();
        assertThat(told(other, there)).isEqualTo(elastic.address());
        other.converge();
        assertThat(claims())
                .containsExactly(elastic.address() + " at " + nic(there).id() + " of " + elastic.id());

        associate(elastic, here);
        associate(elastic, there);
        other.converge();
        one.converge();
        other.converge();
        assertThat(told(one, here)).isNull();
        assertThat(told(other, there)).isEqualTo(elastic.address());
    }

    /** Its interface goes: the address stays, and is for whom it is given to next. */
    @Test
    void outlivesItsInstance() {
        var id = running(one);
        var elastic = addresses.allocate(caller, null, Map.of());
        associate(elastic, id);
        one.converge();
        instances.terminate(caller, List.of(id));
        assertThat(show(elastic.id()).place()).isNull();
        var other = world.anotherHost(2);
        var next = running(other);
        associate(elastic, next);
        assertThat(told(other, next)).isNotEqualTo(elastic.address());
        one.converge();
        assertThat(told(other, next)).isEqualTo(elastic.address());
        addresses.disassociate(caller, elastic.address());
        addresses.release(caller, elastic.id());
        assertThat(claims()).as("its host answers yet").anyMatch(c -> c.startsWith(elastic.address() + " at "));
        other.converge();
        assertThat(claims()).noneMatch(c -> c.startsWith(elastic.address() + " "));
    }

    /** What a restore leaves: the database knows where it is to be, and no host was told. */
    @Test
    void goesWhereItIsToBeWhenNoHostAnswersForIt() {
        var id = running(one);
        var elastic = addresses.allocate(caller, null, Map.of());
        associate(elastic, id);
        one.converge();
        jdbc.sql("UPDATE public_address SET interface = NULL WHERE elastic_ip = :id")
                .param("id", elastic.id().value())
                .update();
        jdbc.sql("UPDATE network_interface SET public_address = NULL WHERE id = :id")
                .param("id", nic(id).id().value())
                .update();
        moves.run();
        assertThat(told(one, id)).isEqualTo(elastic.address());
        assertThat(nic(id).publicAddress()).isEqualTo(elastic.address());
    }

    @Test
    void aCertainAddressIsHadOnce() {
        var any = addresses.allocate(caller, null, Map.of());
        addresses.release(caller, any.id());
        var free = any.address();
        var elastic = addresses.allocate(caller, free, Map.of());
        assertThat(elastic.address()).isEqualTo(free);
        refused(ErrorCode.ADDRESS_IN_USE, () -> addresses.allocate(world.tenant(), free, Map.of()));
        refused(ErrorCode.ADDRESS_NOT_FOUND, () -> addresses.allocate(caller, "198.18.0.255", Map.of()));
        refused(ErrorCode.ADDRESS_NOT_FOUND, () -> addresses.allocate(caller, "8.8.8.8", Map.of()));
        addresses.release(caller, elastic.id());
        assertThat(addresses.allocate(caller, free, Map.of()).address()).isEqualTo(free);
    }

    /** Each in the other's place, at once and again: none waits for the other, and each ends somewhere. */
    @Test
    void twoAddressesThatChangePlacesDoNotHoldEachOtherUp() throws Exception {
        var places = List.of(running(one), running(one));
        var both = List.of(addresses.allocate(caller, null, Map.of()), addresses.allocate(caller, null, Map.of()));
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = IntStream.range(0, 24)
                    .mapToObj(n -> hands.submit(() -> associate(both.get(n % 2), places.get(n / 2 % 2))))
                    .toList();
            for (var move : asked) {
                move.get();
            }
        }
        one.converge();
        moves.run();
        one.converge();
        assertThat(both.stream().map(e -> show(e.id()).place()).filter(Objects::nonNull))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(told(one, Objects.requireNonNull(p.instance())))
                        .isIn(both.stream().map(ElasticIpView::address).toList()));
    }
}
