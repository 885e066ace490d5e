package io.croft.controller.ec2api;

import io.croft.types.AccountId;

/** Amazon resource names of EC2's resources. */
final class ResourceName {
    private ResourceName() {}

    static String of(String region, AccountId owner, String type, String id) {
        return "arn:aws:ec2:" + region + ":" + owner + ":" + type + "/" + id;
    }
}
