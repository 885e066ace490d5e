package io.croft.controller.ec2api.kit;

import io.croft.types.AccountId;

/** Amazon resource names of EC2's resources. */
public final class ResourceName {
    private ResourceName() {}

    public static String of(String region, AccountId owner, String type, String id) {
        return "arn:aws:ec2:" + region + ":" + owner + ":" + type + "/" + id;
    }
}
