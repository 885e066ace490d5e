package io.croft.controller.ec2api.compute.instance;

import static io.croft.controller.ec2api.compute.instance.ShownInstances.ID;
import static io.croft.controller.ec2api.compute.instance.ShownInstances.WHEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.compute.instance.StatusCheck;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.Zones;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Instances as the SDK's client gets them. */
class InstanceFormTest {
    private final InstanceForm form = new InstanceForm(Zones.ofTheDefaultRegion());

    @Test
    void showsAPendingInstance() {
        var instance = form.write(ShownInstances.pending());
        assertThat(instance.state().nameAsString()).isEqualTo("pending");
        assertThat(instance.state().code()).isZero();
        assertThat(instance.metadataOptions().stateAsString()).isEqualTo("pending");
        assertThat(instance.publicIpAddress()).isNull();
        assertThat(instance.stateReason()).isNull();
        assertThat(instance.networkInterfaces().getFirst().association()).isNull();
    }

    @Test
    void groupsInstancesByTheirLaunch() {
        assertThat(form.reservations(
                        List.of(ShownInstances.running(1), ShownInstances.running(2), ShownInstances.running(1))))
                .extracting(r -> r.instances().size())
                .containsExactly(2, 1);
    }

    @Test
    void showsARunningInstanceWhole() {
        var instance = form.write(ShownInstances.running(1));
        assertThat(instance.instanceId()).isEqualTo(ID.value());
        assertThat(instance.launchTime()).isEqualTo(WHEN);
        assertThat(instance.placement().availabilityZone()).isEqualTo("us-east-1a");
        assertThat(instance.placement().tenancyAsString()).isEqualTo("default");
        assertThat(instance.monitoring().stateAsString()).isEqualTo("disabled");
        assertThat(instance.metadataOptions().stateAsString()).isEqualTo("applied");
        assertThat(instance.metadataOptions().httpTokensAsString()).isEqualTo("required");
        assertThat(instance.cpuOptions().coreCount()).isEqualTo(1);
        assertThat(instance.cpuOptions().threadsPerCore()).isEqualTo(2);
        assertThat(instance.rootDeviceName()).isEqualTo("/dev/xvda");
        assertThat(instance.blockDeviceMappings().getFirst().ebs().volumeId()).isEqualTo("vol-0123456789abcdef0");
        assertThat(instance.publicIpAddress()).isEqualTo("198.18.0.7");
        assertThat(instance.privateIpAddress()).isEqualTo("172.31.0.5");
        assertThat(instance.vpcId()).isEqualTo("vpc-0123456789abcdef0");
        assertThat(instance.securityGroups().getFirst().groupName()).isEqualTo("default");
        assertThat(instance.networkInterfaces().getFirst().attachment().statusAsString())
                .isEqualTo("attached");
        assertThat(instance.networkInterfaces().getFirst().association().publicIp())
                .isEqualTo("198.18.0.7");
        assertThat(instance.sourceDestCheck()).isTrue();
        assertThat(instance.ebsOptimized()).isFalse();
        assertThat(instance.tags())
                .containsExactly(Tag.builder().key("Name").value("web").build());
        assertThat(instance.clientToken()).isEqualTo("token");
    }

    @Test
    void showsWhyAnInstanceIsGone() {
        var instance = form.write(ShownInstances.terminated());
        assertThat(instance.state().code()).isEqualTo(48);
        assertThat(instance.stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");
        assertThat(instance.stateTransitionReason()).startsWith("User initiated");
        assertThat(instance.vpcId()).isNull();
        assertThat(instance.networkInterfaces()).isEmpty();
    }

    @Test
    void showsTheChecks() {
        var impaired = InstanceStatusActions.summary(StatusCheck.IMPAIRED, WHEN);
        assertThat(impaired.statusAsString()).isEqualTo("impaired");
        assertThat(impaired.details().getFirst().impairedSince()).isEqualTo(WHEN);
        var ok = InstanceStatusActions.summary(StatusCheck.OK, WHEN);
        assertThat(ok.details().getFirst().statusAsString()).isEqualTo("passed");
        assertThat(ok.details().getFirst().impairedSince()).isNull();
        assertThat(InstanceStatusActions.summary(StatusCheck.NOT_APPLICABLE, null)
                        .hasDetails())
                .isFalse();
    }

    @Test
    void wantsInstancesToBeNamed() {
        assertThatThrownBy(() -> InstanceIds.read(List.of()))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("No instances specified");
    }
}
