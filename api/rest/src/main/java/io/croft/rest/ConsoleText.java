package io.croft.rest;

/**
 * What an instance wrote to its serial console.
 *
 * @param read when it was read from the host
 * @param output base64 of the last 64 KiB at most
 */
public record ConsoleText(String instanceId, String read, String output) {}
