package io.croft.agent.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZonesTest {
    private static final VpcId A = new VpcId("vpc-0000000a");
    private static final VpcId B = new VpcId("vpc-0000000b");
    private static final VpcId C = new VpcId("vpc-0000000c");

    @Test
    void aVpcKeepsItsZoneAndNobodySharesOne() {
        assertThat(Zones.assign(Map.of(), List.of(A, B))).isEqualTo(Map.of(A, 20_001, B, 20_002));
        assertThat(Zones.assign(Map.of(B, 20_002), List.of(A, B, C)))
                .isEqualTo(Map.of(A, 20_001, B, 20_002, C, 20_003));
        assertThat(Zones.assign(Map.of(A, 20_001, B, 20_002), List.of(C))).isEqualTo(Map.of(C, 20_001));
    }
}
