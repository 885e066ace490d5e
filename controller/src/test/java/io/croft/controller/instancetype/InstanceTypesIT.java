package io.croft.controller.instancetype;

import static io.croft.controller.compute.ComputeWorld.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.types.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ComputeTest
class InstanceTypesIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    InstanceTypes types;

    private Caller caller;

    @BeforeEach
    void start() {
        caller = world.tenant();
    }

    @Test
    void instanceTypesAreEc2sAndTheOperators() {
        assertThat(types.describe(caller, Query.ofIds(List.of("t3.nano"))).items())
                .containsExactly(new InstanceTypeView("t3.nano", 2, 2, 512, "x86_64", true, 2, true));
        assertThat(types.describe(caller, Query.ALL).items())
                .extracting(InstanceTypeView::name)
                .contains("m5.24xlarge", "c5.9xlarge", "r5.large");
        refused(ErrorCode.INSTANCE_TYPE_NOT_FOUND, () -> types.describe(caller, Query.ofIds(List.of("t3.huge"))));
        var own = new InstanceTypeView("lab.tiny", 1, 1, 128, "x86_64", false, 2, false);
        refused(ErrorCode.UNAUTHORIZED_OPERATION, () -> types.define(caller, own));
        var operator = new Caller(caller.account(), "operator", Role.OPERATOR, "r", "");
        types.define(operator, own);
        types.define(operator, new InstanceTypeView("lab.tiny", 1, 1, 256, "x86_64", false, 2, false));
        assertThat(types.describe(
                                caller,
                                new Query(
                                        List.of(), List.of(new Filter("instance-type", List.of("lab.*"))), null, null))
                        .items())
                .extracting(InstanceTypeView::memoryMib)
                .containsExactly(256);
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> types.define(operator, new InstanceTypeView("t3.nano", 1, 1, 128, "x86_64", false, 2, false)));
        refused(ErrorCode.UNAUTHORIZED_OPERATION, () -> types.remove(caller, "lab.tiny"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> types.remove(operator, "t3.nano"));
        types.remove(operator, "lab.tiny");
        refused(ErrorCode.NOT_FOUND, () -> types.remove(operator, "lab.tiny"));
    }
}
