package io.croft.agent.network;

import io.croft.types.NetworkInterfaceId;
import io.croft.types.ResourceId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names of our links, at most 15 characters as the kernel wants: {@code cft}, a letter for the kind, and 8 hex digits of the SHA-256 of the id that the link belongs
 * to. The whole id is kept in the link's alias.
 */
public final class LinkName {
    /** What every link of ours starts with. */
    public static final String PREFIX = "cft";

    /** What every tap starts with. */
    public static final String TAP_PREFIX = PREFIX + "t";

    /** What every subnet's way to other hosts starts with. */
    public static final String OVERLAY_PREFIX = PREFIX + "x";

    private LinkName() {}

    /** An interface's tap. */
    public static String tap(NetworkInterfaceId id) {
        return TAP_PREFIX + hash(id);
    }

    /** A subnet's bridge. */
    public static String bridge(SubnetId id) {
        return PREFIX + "b" + hash(id);
    }

    /** The router's port on a subnet's bridge. */
    public static String routerPort(SubnetId id) {
        return PREFIX + "v" + hash(id);
    }

    /** A subnet's way to its interfaces on other hosts, a port on its bridge. */
    public static String overlay(SubnetId id) {
        return OVERLAY_PREFIX + hash(id);
    }

    /** A subnet's gateway inside the router namespace. */
    public static String gateway(SubnetId id) {
        return PREFIX + "g" + hash(id);
    }

    /** The root namespace's end of a VPC's way out. */
    public static String wayOut(VpcId id) {
        return PREFIX + "o" + hash(id);
    }

    /** The 8 hex digits that stand for an id in a name. */
    public static String hash(ResourceId id) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(id.value().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
