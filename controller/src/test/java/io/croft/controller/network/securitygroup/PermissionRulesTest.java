package io.croft.controller.network.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.CloudException;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionRulesTest {
    private static final Peer ANYONE = new Peer.Block(new Cidr("0.0.0.0/0"));

    private static Permission permission(int protocol, int from, int to) {
        return new Permission(protocol, from, to, ANYONE, null);
    }

    @ParameterizedTest
    @CsvSource({"6,22,22", "17,0,65535", "1,-1,-1", "1,8,0", "1,3,-1", "58,128,-1", "-1,-1,-1", "50,-1,-1"})
    void takesWhatEc2Takes(int protocol, int from, int to) {
        assertThat(PermissionRules.normal(List.of(permission(protocol, from, to))))
                .containsExactly(permission(protocol, from, to));
    }

    @ParameterizedTest
    @CsvSource({"6,-1,-1", "6,23,22", "17,0,65536", "1,-1,0", "1,256,0", "256,-1,-1", "-2,-1,-1"})
    void refusesWhatIsNoPermission(int protocol, int from, int to) {
        assertThatThrownBy(() -> PermissionRules.normal(List.of(permission(protocol, from, to))))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }

    @Test
    void portsOfOtherProtocolsMeanNothing() {
        assertThat(PermissionRules.normal(List.of(permission(-1, 22, 80)))).containsExactly(permission(-1, -1, -1));
    }

    @Test
    void theSamePermissionTwiceIsRefusedWhateverItsDescription() {
        var described = new Permission(6, 22, 22, ANYONE, "ssh");
        assertThatThrownBy(() -> PermissionRules.normal(List.of(permission(6, 22, 22), described)))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("multiple times");
    }

    @Test
    void saysItAsEc2Does() {
        assertThat(PermissionRules.sentence(permission(6, 22, 22)))
                .isEqualTo("peer: 0.0.0.0/0, TCP, from port: 22, to port: 22, ALLOW");
    }
}
