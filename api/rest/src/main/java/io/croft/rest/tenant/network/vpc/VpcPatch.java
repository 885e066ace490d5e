package io.croft.rest.tenant.network.vpc;

import org.jspecify.annotations.Nullable;

/**
 * What is to be changed of a VPC; null for what stays.
 *
 * @param dnsSupport whether its name server answers
 * @param dnsHostnames whether public addresses have names
 */
public record VpcPatch(
        @Nullable Boolean dnsSupport, @Nullable Boolean dnsHostnames) {}
