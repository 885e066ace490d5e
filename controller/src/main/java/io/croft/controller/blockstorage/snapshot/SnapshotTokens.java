package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.context.CloudException;
import io.croft.controller.identity.MasterSeal;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.SnapshotId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Tokens that are kept nowhere: a number and the proof that it was given out for just that. One for a block holds until a time, for one account, snapshot and index; one for a page, for one listing.
 */
@Component
class SnapshotTokens {
    private static final int NUMBER = Long.BYTES;
    private static final int PROOF = 24;

    private final Key key;

    SnapshotTokens(MasterSeal master) {
        this.key = new SecretKeySpec(master.derive("snapshot tokens"), "HmacSHA256");
    }

    /** A token to read one block by. */
    String block(AccountId reader, SnapshotId snapshot, int index, Instant expires) {
        return seal(expires.getEpochSecond(), block(reader, snapshot, index));
    }

    /**
     * Does nothing when the token is one for that block and holds.
     *
     * @throws CloudException InvalidBlockToken
     */
    void requireBlock(String token, AccountId reader, SnapshotId snapshot, int index, Instant now) {
        var expires = open(token, block(reader, snapshot, index), ErrorCode.BLOCK_TOKEN_INVALID);
        if (now.getEpochSecond() >= expires) {
            throw new CloudException(ErrorCode.BLOCK_TOKEN_INVALID, "The block token has expired.");
        }
    }

    private static String block(AccountId reader, SnapshotId snapshot, int index) {
        return String.join("|", "block", reader.value(), snapshot.value(), Integer.toString(index));
    }

    /** A token for what of a listing of snapshots comes from an index on. */
    String page(AccountId reader, List<SnapshotId> listed, int from) {
        return seal(from, page(reader, listed));
    }

    /**
     * The index from which the page is.
     *
     * @throws CloudException InvalidPaginationToken
     */
    int from(String token, AccountId reader, List<SnapshotId> listed) {
        return (int) open(token, page(reader, listed), ErrorCode.INVALID_PAGINATION_TOKEN);
    }

    private static String page(AccountId reader, List<SnapshotId> listed) {
        return "page|" + reader + "|" + listed;
    }

    private String seal(long number, String about) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(NUMBER + PROOF)
                        .putLong(number)
                        .put(proof(number, about), 0, PROOF)
                        .array());
    }

    private long open(String token, String about, ErrorCode otherwise) {
        var bytes = ByteBuffer.wrap(decode(token, otherwise));
        if (bytes.remaining() == NUMBER + PROOF) {
            var number = bytes.getLong();
            if (MessageDigest.isEqual(
                    seal(number, about).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.UTF_8))) {
                return number;
            }
        }
        throw invalid(otherwise);
    }

    private static byte[] decode(String token, ErrorCode otherwise) {
        try {
            return Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw invalid(otherwise);
        }
    }

    private static CloudException invalid(ErrorCode code) {
        return new CloudException(code, "The token is not valid.");
    }

    private byte[] proof(long number, String about) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((number + "|" + about).getBytes(StandardCharsets.UTF_8));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
