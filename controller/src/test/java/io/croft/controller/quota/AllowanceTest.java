package io.croft.controller.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Allowance HALF_USED = new Allowance(
            Map.of(Quota.INSTANCES, 10L, Quota.VCPUS, 16L, Quota.VOLUMES, 0L),
            Map.of(Quota.INSTANCES, 5L, Quota.VCPUS, 8L, Quota.VOLUMES, 3L));

    @Test
    void grantsWhatTheScarcestAllows() {
        var each = Map.of(Quota.INSTANCES, 1L, Quota.VCPUS, 2L);
        assertThat(HALF_USED.grant(each, 1, 3)).isEqualTo(3);
        assertThat(HALF_USED.grant(each, 1, 4)).isEqualTo(4);
        assertThat(HALF_USED.grant(each, 1, 100)).isEqualTo(4);
        assertThat(HALF_USED.grant(Map.of(Quota.INSTANCES, 1L), 5, 100)).isEqualTo(5);
    }

    @Test
    void refusesFewerThanTheLeastUnderTheNameOfWhatIsMissing() {
        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, Map.of(Quota.INSTANCES, 1L, Quota.VCPUS, 2L), 5);
        refused(ErrorCode.INSTANCE_LIMIT_EXCEEDED, Map.of(Quota.INSTANCES, 1L, Quota.VCPUS, 2L), 6);
        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, Map.of(Quota.VCPUS, 9L), 1);
    }

    @Test
    void whatIsOverItsLimitGrowsNoMoreAndKeepsNothingElseBack() {
        refused(ErrorCode.VOLUME_LIMIT_EXCEEDED, Map.of(Quota.VOLUMES, 1L), 1);
        assertThat(HALF_USED.grant(Map.of(Quota.INSTANCES, 1L, Quota.VOLUMES, 0L), 1, 1))
                .isEqualTo(1);
    }

    private static void refused(ErrorCode code, Map<Quota, Long> each, int least) {
        assertThatThrownBy(() -> HALF_USED.grant(each, least, 100))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
