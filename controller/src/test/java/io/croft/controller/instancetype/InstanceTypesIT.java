package io.croft.controller.instancetype;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.controller.instancetype.InstanceTypeFacts.Disks;
import io.croft.controller.instancetype.InstanceTypeFacts.EbsOptimization;
import io.croft.controller.instancetype.InstanceTypeFacts.EbsRates;
import io.croft.controller.instancetype.InstanceTypeFacts.Gpus;
import io.croft.controller.instancetype.InstanceTypeFacts.Network;
import io.croft.controller.instancetype.InstanceTypeOffering.LocationType;
import io.croft.types.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ComputeTest
class InstanceTypesIT {
    private static final String FAMILIES =
            "t2 t3 t3a t4g m4 m5 m5a m6i m6a m6g m7i c4 c5 c5a c6i c6a c6g c7i r4 r5 r5a r6i r6g x1 i3 i4i d3 g4dn g5"
                    + " p3";

    @Autowired
    ComputeWorld world;

    @Autowired
    InstanceTypes types;

    @Autowired
    InstanceTypeOfferings offerings;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Caller caller;

    @BeforeEach
    void start() {
        caller = world.tenant();
    }

    @Test
    void instanceTypesAreEc2sAndTheOperators() {
        var nano = types.require("t3.nano");
        assertThat(types.describe(caller, Query.ofIds(List.of("t3.nano"))).items())
                .containsExactly(nano);
        assertThat(nano).isEqualTo(new InstanceTypeView("t3.nano", 2, 2, 512, "x86_64", true, 2, true, nano.facts()));
        assertThat(types.describe(caller, Query.ALL).items())
                .extracting(InstanceTypeView::name)
                .contains("m5.24xlarge", "c5.9xlarge", "r5.large");
        refused(ErrorCode.INSTANCE_TYPE_NOT_FOUND, () -> types.describe(caller, Query.ofIds(List.of("t3.huge"))));
        var own = new InstanceTypeView("lab.tiny", 1, 1, 128, "x86_64", false, 2);
        refused(ErrorCode.UNAUTHORIZED_OPERATION, () -> types.define(caller, own));
        var operator = new Caller(caller.account(), "operator", Role.OPERATOR, "r", "");
        types.define(operator, own);
        types.define(operator, new InstanceTypeView("lab.tiny", 1, 1, 256, "x86_64", false, 2));
        assertThat(types.describe(
                                caller,
                                new Query(
                                        List.of(), List.of(new Filter("instance-type", List.of("lab.*"))), null, null))
                        .items())
                .extracting(InstanceTypeView::memoryMib)
                .containsExactly(256);
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> types.define(operator, new InstanceTypeView("t3.nano", 1, 1, 128, "x86_64", false, 2)));
        refused(ErrorCode.UNAUTHORIZED_OPERATION, () -> types.remove(caller, "lab.tiny"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> types.remove(operator, "t3.nano"));
        types.remove(operator, "lab.tiny");
        refused(ErrorCode.NOT_FOUND, () -> types.remove(operator, "lab.tiny"));
    }

    private static InstanceTypeFacts facts(InstanceTypes types, String name) {
        return types.require(name).facts();
    }

    /** The figures are those of EC2's pages, for types of different kinds. */
    @Test
    void everyNamedFamilyHasEc2sFigures() {
        var all = types.describe(caller, Query.ALL).items();
        assertThat(all)
                .extracting(t -> t.name().substring(0, t.name().indexOf('.')))
                .contains(FAMILIES.split(" "));
        assertThat(types.require("t2.micro"))
                .returns(1, InstanceTypeView::vcpus)
                .returns(1, InstanceTypeView::threadsPerCore)
                .returns(1024, InstanceTypeView::memoryMib)
                .returns(List.of("i386", "x86_64"), InstanceTypeView::architectures)
                .returns(true, InstanceTypeView::burstable);
        assertThat(facts(types, "t2.micro").ebsOptimization()).isEqualTo(EbsOptimization.UNSUPPORTED);
        assertThat(types.require("c4.xlarge"))
                .returns(4, InstanceTypeView::vcpus)
                .returns(2, InstanceTypeView::cores)
                .returns(7680, InstanceTypeView::memoryMib)
                .returns(List.of("x86_64"), InstanceTypeView::architectures);
        assertThat(facts(types, "c4.xlarge"))
                .returns("xen", InstanceTypeFacts::hypervisor)
                .returns(false, InstanceTypeFacts::currentGeneration)
                .returns(new EbsRates(750, 6000, 750, 6000), InstanceTypeFacts::ebsRates);
        assertThat(facts(types, "i3.16xlarge").disks()).isEqualTo(new Disks(8, 1900, "ssd"));
        assertThat(facts(types, "d3.2xlarge").disks()).isEqualTo(new Disks(6, 1980, "hdd"));
        assertThat(facts(types, "p3.8xlarge").gpus()).isEqualTo(new Gpus(4, "V100", 16384));
        assertThat(facts(types, "x1.32xlarge").network()).isEqualTo(new Network("25 Gigabit", 25, 25));
        assertThat(types.require("x1.32xlarge").memoryMib()).isEqualTo(1_998_848);
    }

    @Test
    void theFiguresHoldTogether() {
        for (var type : types.describe(caller, new Query(List.of(), List.of(), null, null))
                .items()) {
            if (!type.builtIn()) {
                continue;
            }
            var facts = type.facts();
            assertThat(type.cores() * type.threadsPerCore()).as(type.name()).isEqualTo(type.vcpus());
            assertThat(type.name()).doesNotContain("metal");
            assertThat(type.architecture())
                    .as(type.name())
                    .isEqualTo(type.name().matches("[a-z][0-9]g\\..*") ? "arm64" : "x86_64");
            assertThat(type.burstable()).as(type.name()).isEqualTo(type.name().startsWith("t"));
            assertThat(type.isOffered()).as(type.name()).isEqualTo(!type.name().matches("(g|p)[0-9].*"));
            assertThat(facts.ebsRates() == null)
                    .as(type.name())
                    .isEqualTo(facts.ebsOptimization() == EbsOptimization.UNSUPPORTED);
            var rates = facts.ebsRates();
            if (rates != null) {
                assertThat(rates.baselineMbps()).as(type.name()).isPositive().isLessThanOrEqualTo(rates.maximumMbps());
                assertThat(rates.baselineIops()).as(type.name()).isPositive().isLessThanOrEqualTo(rates.maximumIops());
            }
            var network = Objects.requireNonNull(facts.network());
            assertThat(network.baselineGbps()).as(type.name()).isPositive().isLessThanOrEqualTo(network.peakGbps());
        }
    }

    private List<String> named(String filter, String value) {
        return types
                .describe(caller, new Query(List.of(), List.of(new Filter(filter, List.of(value))), null, null))
                .items()
                .stream()
                .map(InstanceTypeView::name)
                .toList();
    }

    @Test
    void theFiguresCanBeFiltered() {
        assertThat(named("processor-info.supported-architecture", "i386"))
                .contains("t2.nano", "t2.medium")
                .doesNotContain("t2.large", "t3.nano");
        assertThat(named("instance-storage-info.total-size-in-gb", "3800")).contains("i3.4xlarge");
        assertThat(named("instance-storage-supported", "true"))
                .contains("d3.xlarge")
                .doesNotContain("m5.large");
        assertThat(named("ebs-info.ebs-optimized-info.maximum-throughput-in-mbps", "93.75"))
                .contains("c4.xlarge");
        assertThat(named("ebs-info.ebs-optimized-support", "unsupported"))
                .contains("t2.nano")
                .doesNotContain("m4.large");
        assertThat(named("hypervisor", "xen")).contains("m4.large").doesNotContain("m5.large");
        assertThat(named("current-generation", "false")).contains("c4.large").doesNotContain("t2.nano");
        assertThat(named("processor-info.sustained-clock-speed-in-ghz", "2.9")).contains("c4.large");
        assertThat(named("network-info.network-performance", "Low to Moderate")).contains("t2.micro");
    }

    /** A host of x86_64 offers its families, an emulating one arm64's too, and none those with graphics processors. */
    @Test
    void typesAreOfferedWhereAHostRunsThem() {
        world.withoutHosts();
        assertThat(offered("*")).isEmpty();
        var host = world.anotherHost(2);
        assertThat(offered("t2.micro", "m6g.large", "g5.xlarge", "p3.2xlarge")).containsExactly("t2.micro");
        jdbc.sql("UPDATE host SET facts = facts || '{\"emulated\": [\"arm64\"]}' WHERE id = ?")
                .param(host.id().value())
                .update();
        assertThat(offered("t2.micro", "m6g.large", "g5.xlarge")).containsExactly("m6g.large", "t2.micro");
        jdbc.sql("UPDATE host SET facts = facts || '{\"emulated\": null}' WHERE id = ?")
                .param(host.id().value())
                .update();
        assertThat(offered("t2.micro", "m6g.large")).containsExactly("t2.micro");
    }

    private List<String> offered(String... names) {
        return offerings
                .describe(
                        caller,
                        LocationType.AVAILABILITY_ZONE,
                        new Query(List.of(), List.of(new Filter("instance-type", List.of(names))), null, null))
                .items()
                .stream()
                .map(InstanceTypeOffering::type)
                .toList();
    }

    /** The data are written again whenever they have changed: an upgrade brings new types, and leaves the operator's alone. */
    @Test
    void writtenAgainTheyLeaveAnOperatorsTypeOfTheSameName() throws IOException {
        var script = Files.readString(Path.of("src/main/resources/db/migration/R__instance_types.sql"));
        transaction.executeWithoutResult(undone -> {
            undone.setRollbackOnly();
            jdbc.sql("DELETE FROM instance_type WHERE name IN ('t2.micro', 'c4.large')")
                    .update();
            var operator = new Caller(caller.account(), "operator", Role.OPERATOR, "r", "");
            var own = new InstanceTypeView("t2.micro", 1, 1, 640, "x86_64", false, 2);
            types.define(operator, own);
            jdbc.sql(script).update();
            assertThat(types.require("t2.micro")).isEqualTo(own);
            assertThat(types.require("c4.large").memoryMib()).isEqualTo(3840);
        });
        assertThat(types.require("t2.micro").memoryMib()).isEqualTo(1024);
    }
}
