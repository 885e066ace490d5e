package io.croft.rest.tenant.compute.instance;

/**
 * The password that an instance's guest made for its administrator.
 *
 * @param launched when it was last started
 * @param passwordData empty always: only Windows has such a password, and no image is of Windows
 */
public record InstancePasswordData(String instanceId, String launched, String passwordData) {}
