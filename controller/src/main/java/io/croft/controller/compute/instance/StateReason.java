package io.croft.controller.compute.instance;

/**
 * Why an instance is not running.
 *
 * @param code as EC2 has it: {@code Client.UserInitiatedShutdown}, {@code Server.InternalError}, ...
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html">StateReason</a>
 */
public record StateReason(String code, String message) {}
