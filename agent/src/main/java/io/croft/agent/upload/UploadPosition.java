package io.croft.agent.upload;

import io.croft.protocol.SnapshotPage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How far a snapshot was told, and the digest of what was. Never changed. */
public final class UploadPosition {
    /** Nothing was told. */
    public static final UploadPosition START = new UploadPosition(0, sha256());

    private final int next;
    private final MessageDigest told;

    private UploadPosition(int next, MessageDigest told) {
        this.next = next;
        this.told = told;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The index of the first block that was not told. */
    public int next() {
        return next;
    }

    UploadPosition after(SnapshotPage page) {
        var more = copy();
        for (var block : page.blocks()) {
            more.update(ByteBuffer.allocate(Integer.BYTES).putInt(block.index()).flip());
            more.update(HexFormat.of().parseHex(block.name()));
        }
        return new UploadPosition(page.to(), more);
    }

    /** In hex. */
    String digest() {
        return HexFormat.of().formatHex(copy().digest());
    }

    private MessageDigest copy() {
        try {
            return (MessageDigest) told.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }
}
