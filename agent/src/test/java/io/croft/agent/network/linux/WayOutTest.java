package io.croft.agent.network.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.types.VpcId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WayOutTest {
    private static final VpcId A = new VpcId("vpc-0000000a");
    private static final VpcId B = new VpcId("vpc-0000000b");

    @Test
    void takesTheFirstThatIsFreeAndKeepsIt() {
        assertThat(WayOut.find(A, Map.of()).number()).isZero();
        assertThat(WayOut.find(B, Map.of("cfto1", A + "/0", "cfto2", "")).number())
                .isEqualTo(1);
        assertThat(WayOut.find(A, Map.of("cfto1", A + "/7")).number()).isEqualTo(7);
    }

    @Test
    void hasTwoAddressesOfItsOwn() {
        var way = new WayOut(A, 3);
        assertThat(way.hostAddress()).isEqualTo("198.19.0.6");
        assertThat(way.routerAddress()).isEqualTo("198.19.0.7");
        assertThat(way.hostLink()).hasSizeLessThanOrEqualTo(15);
    }
}
