package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.ec2api.network.eni.NetworkInterfaceForm;
import io.croft.controller.network.eni.NetworkInterfaceView;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;

/** One attribute of an instance as EC2 writes it: an attribute that has no value is an empty element. */
final class InstanceAttributeForm {
    private static final AttributeValue NONE = AttributeValue.builder().build();

    private InstanceAttributeForm() {}

    /**
     * Writes the attribute.
     *
     * @param userData asked only for the attribute of that name
     * @throws io.croft.controller.context.CloudException InvalidParameterValue for an attribute that EC2 has not got
     */
    static DescribeInstanceAttributeResponse write(
            String attribute, InstanceView instance, Supplier<Optional<String>> userData) {
        var filled = DescribeInstanceAttributeResponse.builder()
                .instanceId(instance.id().value());
        switch (attribute) {
            case "instanceType" -> filled.instanceType(text(instance.instanceType()));
            case "userData" ->
                filled.userData(userData.get().map(InstanceAttributeForm::text).orElse(NONE));
            case "disableApiTermination" ->
                filled.disableApiTermination(
                        flag(instance.options().protection().termination()));
            case "disableApiStop" ->
                filled.disableApiStop(flag(instance.options().protection().stop()));
            case "instanceInitiatedShutdownBehavior" ->
                filled.instanceInitiatedShutdownBehavior(
                        text(instance.options().shutdownBehavior().ec2Name()));
            case "groupSet" ->
                filled.groups(NetworkInterfaceForm.groups(
                        primary(instance).map(NetworkInterfaceView::groups).orElse(List.of())));
            case "sourceDestCheck" ->
                filled.sourceDestCheck(flag(primary(instance)
                        .map(NetworkInterfaceView::sourceDestCheck)
                        .orElse(true)));
            case "blockDeviceMapping" -> filled.blockDeviceMappings(InstanceForm.mappings(instance));
            case "rootDeviceName" -> filled.rootDeviceName(text(instance.rootDeviceName()));
            case "kernel" -> filled.kernelId(NONE);
            case "ramdisk" -> filled.ramdiskId(NONE);
            case "sriovNetSupport" -> filled.sriovNetSupport(NONE);
            case "ebsOptimized" -> filled.ebsOptimized(flag(instance.options().ebsOptimized()));
            case "enaSupport" -> filled.enaSupport(flag(true));
            case "enclaveOptions" -> filled.enclaveOptions(e -> e.enabled(false));
            case "productCodes" -> filled.productCodes(List.of());
            default -> throw Given.invalid("Attribute", attribute);
        }
        return filled.build();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.builder().value(value).build();
    }

    private static AttributeBooleanValue flag(boolean value) {
        return AttributeBooleanValue.builder().value(value).build();
    }

    private static Optional<NetworkInterfaceView> primary(InstanceView instance) {
        return instance.interfaces().stream().findFirst();
    }
}
