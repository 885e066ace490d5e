package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.compute.launchspec.LaunchSpecForm;
import io.croft.types.ErrorCode;
import io.croft.types.SecurityGroupId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;

/** Reads which one attribute a ModifyInstanceAttribute request changes, in either of its forms: a structure of its own, or a name and a text. */
final class InstanceChangeReader {
    private final ModifyInstanceAttributeRequest request;

    InstanceChangeReader(ModifyInstanceAttributeRequest request) {
        this.request = request;
    }

    /**
     * Reads the change.
     *
     * @throws CloudException InvalidParameterCombination unless it is one attribute, MissingParameter, InvalidParameterValue, UnsupportedOperation for an
     *     attribute that cannot be changed here
     */
    InstanceChange read() {
        var changes = new ArrayList<>(structures());
        var attribute = request.attributeAsString();
        if (request.value() != null) {
            changes.add(change(Given.value(attribute, "Attribute"), request.value()));
        }
        if (changes.size() > 1
                || (attribute != null
                        && changes.stream().anyMatch(c -> !c.attribute().equals(attribute)))) {
            throw combination("Fields for multiple attribute types specified");
        }
        if (changes.isEmpty()) {
            throw combination(attribute == null ? "No attributes specified." : "No value specified for " + attribute);
        }
        return changes.getFirst();
    }

    private static CloudException combination(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_COMBINATION, sentence);
    }

    private List<InstanceChange> structures() {
        var changes = new ArrayList<InstanceChange>();
        if (request.instanceType() != null) {
            changes.add(new InstanceChange.Type(text(request.instanceType(), "InstanceType")));
        }
        if (request.userData() != null) {
            var data = Given.value(request.userData().value(), "UserData.Value");
            changes.add(userData(Base64.getEncoder().encodeToString(data.asByteArray())));
        }
        if (request.disableApiTermination() != null) {
            changes.add(new InstanceChange.TerminationProtection(
                    flag(request.disableApiTermination(), "DisableApiTermination")));
        }
        if (request.disableApiStop() != null) {
            changes.add(new InstanceChange.StopProtection(flag(request.disableApiStop(), "DisableApiStop")));
        }
        if (request.ebsOptimized() != null) {
            changes.add(new InstanceChange.EbsOptimized(flag(request.ebsOptimized(), "EbsOptimized")));
        }
        if (request.instanceInitiatedShutdownBehavior() != null) {
            changes.add(
                    onShutdown(text(request.instanceInitiatedShutdownBehavior(), "InstanceInitiatedShutdownBehavior")));
        }
        if (request.sourceDestCheck() != null) {
            changes.add(new InstanceChange.SourceDestCheck(flag(request.sourceDestCheck(), "SourceDestCheck")));
        }
        if (!request.groups().isEmpty()) {
            changes.add(new InstanceChange.Groups(
                    request.groups().stream().map(SecurityGroupId::new).toList()));
        }
        if (!request.blockDeviceMappings().isEmpty()) {
            changes.add(deleteOnTermination(request.blockDeviceMappings()));
        }
        return changes;
    }

    private static String text(AttributeValue attribute, String name) {
        return Given.value(attribute.value(), name + ".Value");
    }

    private static boolean flag(AttributeBooleanValue attribute, String name) {
        return Given.value(attribute.value(), name + ".Value");
    }

    private static InstanceChange deleteOnTermination(List<InstanceBlockDeviceMappingSpecification> mappings) {
        var byDevice = new LinkedHashMap<String, Boolean>();
        for (var mapping : mappings) {
            var device = Given.value(mapping.deviceName(), "BlockDeviceMapping.DeviceName");
            @Nullable
            Boolean goes = mapping.ebs() == null ? null : mapping.ebs().deleteOnTermination();
            if (byDevice.put(device, Given.value(goes, "BlockDeviceMapping.Ebs.DeleteOnTermination")) != null) {
                throw Given.invalid("BlockDeviceMapping.DeviceName", device);
            }
        }
        return new InstanceChange.DeleteOnTermination(byDevice);
    }

    private static InstanceChange change(String attribute, String value) {
        return switch (attribute) {
            case "instanceType" -> new InstanceChange.Type(value);
            case "userData" -> userData(value);
            case "disableApiTermination" -> new InstanceChange.TerminationProtection(flag(value));
            case "disableApiStop" -> new InstanceChange.StopProtection(flag(value));
            case "ebsOptimized" -> new InstanceChange.EbsOptimized(flag(value));
            case "instanceInitiatedShutdownBehavior" -> onShutdown(value);
            case "sourceDestCheck" -> new InstanceChange.SourceDestCheck(flag(value));
            default ->
                throw InstanceAttributeName.fromValue(attribute) == InstanceAttributeName.UNKNOWN_TO_SDK_VERSION
                        ? Given.invalid("Attribute", attribute)
                        : new CloudException(
                                ErrorCode.UNSUPPORTED_OPERATION,
                                "The attribute '" + attribute + "' cannot be changed by Value");
        };
    }

    private static InstanceChange userData(String base64) {
        return new InstanceChange.UserData(base64.isEmpty() ? null : base64);
    }

    private static InstanceChange onShutdown(String name) {
        return new InstanceChange.OnShutdown(LaunchSpecForm.shutdownBehavior(name));
    }

    private static boolean flag(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Given.invalid("Value", value);
        };
    }
}
