package io.croft.controller.instancetype;

import org.jspecify.annotations.Nullable;

/**
 * What EC2 tells of a type besides its size. Croft's hosts give what they have, so these are for clients that choose by them.
 *
 * @param runsI386 whether images of 32 bits run on it besides those of its own architecture
 * @param hypervisor {@code xen} or {@code nitro}
 * @param clockGhz null where nothing is said
 * @param network null where nothing is said
 * @param ebsRates null where the type is not optimized for EBS
 * @param disks of the instance store; null without any
 * @param gpus null without any
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceTypeInfo.html">InstanceTypeInfo</a>
 */
public record InstanceTypeFacts(
        boolean runsI386,
        boolean currentGeneration,
        String hypervisor,
        @Nullable Double clockGhz,
        @Nullable Network network,
        EbsOptimization ebsOptimization,
        @Nullable EbsRates ebsRates,
        @Nullable Disks disks,
        @Nullable Gpus gpus) {

    /** Of an operator's own type: it runs what a processor of its architecture does. */
    static InstanceTypeFacts ofOperators(String architecture) {
        return new InstanceTypeFacts(
                architecture.equals("x86_64"),
                true,
                "nitro",
                null,
                null,
                EbsOptimization.UNSUPPORTED,
                null,
                null,
                null);
    }

    /**
     * Its network.
     *
     * @param performance in EC2's words
     */
    public record Network(String performance, double baselineGbps, double peakGbps) {}

    /** Whether an instance of the type is optimized for EBS. */
    public enum EbsOptimization {
        /** Always, whatever a launch says. */
        DEFAULT("default"),
        /** Where a launch asks for it. */
        SUPPORTED("supported"),
        /** Never; to ask for it is refused. */
        UNSUPPORTED("unsupported");

        private final String ec2Name;

        EbsOptimization(String ec2Name) {
            this.ec2Name = ec2Name;
        }

        public String ec2Name() {
            return ec2Name;
        }
    }

    /** How fast it reaches its volumes, in Mbps and operations a second. */
    public record EbsRates(int baselineMbps, int baselineIops, int maximumMbps, int maximumIops) {
        public double baselineThroughput() {
            return megabytes(baselineMbps);
        }

        public double maximumThroughput() {
            return megabytes(maximumMbps);
        }

        private static double megabytes(int megabits) {
            return megabits / 8.0;
        }
    }

    /**
     * The disks of its instance store, all alike.
     *
     * @param gigabytes of each, in powers of ten
     * @param type {@code hdd} or {@code ssd}
     */
    public record Disks(int count, int gigabytes, String type) {}

    /**
     * Its graphics processors, all alike and NVIDIA's.
     *
     * @param memoryMib of each
     */
    public record Gpus(int count, String name, int memoryMib) {}
}
