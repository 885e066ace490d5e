package io.croft.controller.instancetype;

/**
 * An instance type that can be launched somewhere.
 *
 * @param location the name of a region or a zone, or a zone's id
 */
public record InstanceTypeOffering(String type, String location) {
    /** By what places are named, with EC2's names. */
    public enum LocationType {
        REGION("region"),
        AVAILABILITY_ZONE("availability-zone"),
        AVAILABILITY_ZONE_ID("availability-zone-id");

        private final String ec2Name;

        LocationType(String ec2Name) {
            this.ec2Name = ec2Name;
        }

        public String ec2Name() {
            return ec2Name;
        }
    }
}
