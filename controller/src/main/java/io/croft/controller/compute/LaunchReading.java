package io.croft.controller.compute;

/** How parameters become a launch. Given by the edge, which alone knows AWS's structures. */
public interface LaunchReading {
    /**
     * Reads the launch that the parameters ask for.
     *
     * @throws io.croft.controller.context.CloudException MissingParameter, InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation or an id's Malformed
     */
    LaunchRequest read(LaunchParameters parameters);
}
