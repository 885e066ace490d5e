package io.croft.controller.ec2api.blockstorage.volume;

import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What may be said of the volumes that instances are launched with, wherever it can be said, and what is told of it then. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class BlockDevicesIT {
    private static final Pattern INSTANCE = Pattern.compile("<instanceId>(i-[0-9a-f]+)<");
    private static final String DEVICE = "&BlockDeviceMapping.1.DeviceName=/dev/xvda";

    @Autowired
    EdgeWorld.Tenants tenants;

    private Tenant tenant;
    private String image;

    @BeforeAll
    void start() {
        tenant = tenants.create("root-volumes");
        image = tenant.image("root-volumes");
    }

    private static String ebs(String said) {
        return DEVICE + "&" + said.replaceAll("(^| )(?=\\w)", "&BlockDeviceMapping.1.Ebs.");
    }

    private String launch(String more) {
        return tenant.send("ec2", "Action=RunInstances&MinCount=1&MaxCount=1&InstanceType=t3.nano" + more)
                .body();
    }

    private Volume volumeOf(String answer) {
        var instance = INSTANCE.matcher(answer);
        assertThat(instance.find()).as(answer).isTrue();
        var id = Objects.requireNonNull(instance.group(1));
        return tenant.ec2
                .describeVolumes(r -> r.filters(filter("attachment.instance-id", id)))
                .volumes()
                .getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    VolumeType=gp2 VolumeSize=50                 | 150  |
                    VolumeType=gp3 Iops=4000 Throughput=500 VolumeSize=8 | 4000 | 500
                    VolumeType=io1 Iops=200 VolumeSize=4         | 200  |
                    VolumeSize=8                                 | 3000 | 125
                    VolumeType=standard                          |      |
                    """)
    void isShownAsItWasAskedFor(String said, Integer iops, Integer throughput) {
        var volume = volumeOf(launch("&ImageId=" + image + ebs(said)));
        assertThat(volume.iops()).isEqualTo(iops);
        assertThat(volume.throughput()).isEqualTo(throughput);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    VolumeType=io1 VolumeSize=4          | InvalidParameterCombination | The parameter iops must be specified
                    VolumeType=gp2 Iops=100              | InvalidParameterCombination | The parameter iops is not supported
                    VolumeType=st1 VolumeSize=125        | InvalidParameterCombination | root volumes
                    VolumeType=io2 Iops=100 VolumeSize=3 | InvalidParameterValue       | at least 4 GiB
                    Iops=3000 Throughput=1000            | InvalidParameterValue       | ratio
                    """)
    void whatEc2WouldNotTakeIsRefused(String said, String code, String words) {
        var mapping = ebs(said);
        assertThat(launch("&ImageId=" + image + mapping)).contains("<Code>" + code + "</Code>", words);
        var location = tenant.ec2
                .describeImages(r -> r.imageIds(image))
                .images()
                .getFirst()
                .imageLocation();
        assertThat(tenant.send(
                                "ec2",
                                "Action=RegisterImage&Name=refused&RootDeviceName=/dev/xvda&ImageLocation=" + location
                                        + mapping)
                        .body())
                .contains("<Code>" + code + "</Code>", words);
        var name = "refused-" + Integer.toHexString(said.hashCode());
        tenant.send(
                "ec2",
                "Action=CreateLaunchTemplate&LaunchTemplateName=" + name + "&LaunchTemplateData.ImageId=" + image
                        + mapping.replace("&BlockDevice", "&LaunchTemplateData.BlockDevice"));
        assertThat(launch("&LaunchTemplate.LaunchTemplateName=" + name)).contains("<Code>" + code + "</Code>", words);
    }

    private static String second(String said) {
        return said.replace("BlockDeviceMapping.1.", "BlockDeviceMapping.2.").replace("/dev/xvda", "/dev/sdf");
    }

    private List<String> devices(String answer) {
        var instance = INSTANCE.matcher(answer);
        assertThat(instance.find()).as(answer).isTrue();
        return tenant
                .ec2
                .describeInstances(r -> r.instanceIds(instance.group(1)))
                .reservations()
                .getFirst()
                .instances()
                .getFirst()
                .blockDeviceMappings()
                .stream()
                .map(m -> m.deviceName())
                .toList();
    }

    /** Modules from the wild name the first disk as they please. */
    @Test
    void othersComeBesideIt() {
        var two = "&ImageId=" + image + DEVICE.replace("xvda", "sda1") + "&BlockDeviceMapping.1.Ebs.VolumeSize=4"
                + second(ebs("VolumeSize=3 VolumeType=gp2"));
        assertThat(devices(launch(two))).containsExactly("/dev/xvda", "/dev/sdf");
        assertThat(devices(launch("&ImageId=" + image + DEVICE + second(DEVICE) + "&BlockDeviceMapping.2.NoDevice=")))
                .containsExactly("/dev/xvda");
        tenant.send(
                "ec2",
                "Action=CreateLaunchTemplate&LaunchTemplateName=two-volumes&LaunchTemplateData."
                        + two.substring(1).replace("&&", "&").replace("&", "&LaunchTemplateData."));
        var template = "&LaunchTemplate.LaunchTemplateName=two-volumes";
        assertThat(devices(launch(template))).containsExactly("/dev/xvda", "/dev/sdf");
        assertThat(devices(
                        launch(template + "&BlockDeviceMapping.1.DeviceName=/dev/vdf&BlockDeviceMapping.1.NoDevice=")))
                .containsExactly("/dev/xvda");
        assertThat(devices(launch(
                        template + "&BlockDeviceMapping.1.DeviceName=/dev/sdg&BlockDeviceMapping.1.Ebs.VolumeSize=1")))
                .containsExactly("/dev/xvda", "/dev/sdf", "/dev/sdg");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2.DeviceName=/dev/vda                                | InvalidBlockDeviceMapping | more than one
                    2.DeviceName=/dev/sdf&2.NoDevice=&2.Ebs.VolumeSize=1 | InvalidBlockDeviceMapping | nothing
                    2.DeviceName=eth0&2.Ebs.VolumeSize=1                 | InvalidBlockDeviceMapping | Invalid device name eth0
                    2.DeviceName=/dev/sdf                                | MissingParameter          | /dev/sdf
                    2.Ebs.VolumeSize=1                                   | MissingParameter          | BlockDeviceMapping.2.DeviceName
                    2.DeviceName=/dev/sdf&2.VirtualName=ephemeral0       | UnsupportedOperation      | VirtualName
                    2.DeviceName=/dev/sdf&2.Ebs.Encrypted=true           | UnsupportedOperation      | Encrypted
                    2.DeviceName=/dev/sdf&2.Ebs.VolumeSize=0             | InvalidParameterValue     | 0 GiB
                    """)
    void whatEc2WouldNotTakeBesideItIsRefused(String said, String code, String words) {
        assertThat(launch("&ImageId=" + image + DEVICE + ("&" + said).replace("&2.", "&BlockDeviceMapping.2.")))
                .contains("<Code>" + code + "</Code>", words);
    }

    @Test
    void anUnknownTypeIsRefusedByATemplateToo() {
        var floppy = ebs("VolumeType=floppy");
        assertThat(launch("&ImageId=" + image + floppy)).contains("<Code>InvalidParameterValue</Code>", "floppy");
        assertThat(tenant.send(
                                "ec2",
                                "Action=CreateLaunchTemplate&LaunchTemplateName=floppy"
                                        + floppy.replace("&BlockDevice", "&LaunchTemplateData.BlockDevice"))
                        .body())
                .contains("<Code>InvalidParameterValue</Code>", "floppy");
    }

    @Test
    void anImagesOwnIsTakenAndSaidAgain() {
        var location = tenant.ec2
                .describeImages(r -> r.imageIds(image))
                .images()
                .getFirst()
                .imageLocation();
        var fast = tenant.ec2
                .registerImage(r -> r.name("fast")
                        .imageLocation(location)
                        .architecture("x86_64")
                        .rootDeviceName("/dev/xvda")
                        .blockDeviceMappings(b -> b.deviceName("/dev/xvda")
                                .ebs(e -> e.volumeType("io2").iops(500).volumeSize(4))))
                .imageId();
        var shown = tenant.ec2.describeImages(r -> r.imageIds(fast)).images().getFirst();
        assertThat(shown.blockDeviceMappings().getFirst().ebs().iops()).isEqualTo(500);
        assertThat(volumeOf(launch("&ImageId=" + fast)).iops()).isEqualTo(500);
        var other = volumeOf(launch("&ImageId=" + fast + ebs("VolumeType=gp3")));
        assertThat(other.iops()).as("another type has other performance").isEqualTo(3000);
    }
}
