package io.croft.controller.blobstore;

import io.croft.types.AccountId;
import io.croft.types.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The blobs. One belongs to every account that has uploaded it, and does not exist for the others. */
public interface Blobs {
    /**
     * Does nothing when a blob of so many bytes would be taken.
     *
     * @throws io.croft.controller.context.CloudException RequestEntityTooLarge past the limit, Unavailable past what the disk has room for
     */
    void requireRoom(long bytes);

    /**
     * Takes in a blob as it arrives; no transaction is held meanwhile. Done when it returns: on disk, and known to the account.
     *
     * @param expected the digest that the bytes must have
     * @throws io.croft.controller.context.CloudException InvalidParameterValue when they have another, RequestEntityTooLarge past the limit, Unavailable when the
     *     disk does not take them
     * @throws IOException when the client's bytes end early
     */
    Blob store(AccountId account, Digest expected, InputStream bytes) throws IOException;

    /** The account's blob of that digest. */
    Optional<Blob> find(AccountId account, Digest digest);

    /** The blob of that digest, whoever's it is; for agents, which are told only digests that they need. */
    Optional<Blob> find(Digest digest);

    /** Every blob that is known, by its digest. */
    List<Blob> all();

    /** The digests of all bytes that are on disk, also of blobs that are not known. */
    List<Digest> onDisk();

    /**
     * Takes in bytes alone, for a database in which their blob is known, or will be. As {@link #store}, without an account.
     *
     * @return the size in bytes
     */
    long keep(Digest expected, InputStream bytes) throws IOException;
}
