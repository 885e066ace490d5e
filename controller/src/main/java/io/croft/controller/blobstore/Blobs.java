package io.croft.controller.blobstore;

import io.croft.controller.identity.AccountDeleted;
import io.croft.controller.identity.Accounts;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The blobs. One belongs to every account that has uploaded it, and does not exist for the others. */
@Repository
public class Blobs {
    private final BlobDirectory directory;
    private final Accounts accounts;
    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Blobs(
            BlobDirectory directory,
            Accounts accounts,
            EntityManager entities,
            JdbcClient jdbc,
            TransactionTemplate transactions) {
        this.directory = directory;
        this.accounts = accounts;
        this.entities = entities;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Does nothing when a blob of so many bytes would be taken.
     *
     * @throws io.croft.controller.context.CloudException RequestEntityTooLarge past the limit, Unavailable past what the disk has room for
     */
    public void requireRoom(long bytes) {
        directory.requireRoom(bytes);
    }

    /**
     * Takes in a blob as it arrives; no transaction is held meanwhile. Done when it returns: on disk, and known to the account.
     *
     * @param expected the digest that the bytes must have
     * @throws io.croft.controller.context.CloudException InvalidParameterValue when they have another, RequestEntityTooLarge past the limit, Unavailable when the
     *     disk does not take them
     * @throws IOException when the client's bytes end early
     */
    public Blob store(AccountId account, Digest expected, InputStream bytes) throws IOException {
        var size = directory.write(expected, bytes);
        transactions.executeWithoutResult(_ -> {
            accounts.requireActive(account);
            jdbc.sql("INSERT INTO blob (digest, size) VALUES (:digest, :size) ON CONFLICT DO NOTHING")
                    .param("digest", expected.hex())
                    .param("size", size)
                    .update();
            jdbc.sql("INSERT INTO blob_owner (digest, account) VALUES (:digest, :account) ON CONFLICT DO NOTHING")
                    .param("digest", expected.hex())
                    .param("account", account.value())
                    .update();
        });
        return new Blob(expected, size, directory.file(expected));
    }

    /** With an account goes that it uploaded them. Their bytes stay, for instances that were launched from them by whomever. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(AccountDeleted deleted) {
        jdbc.sql("DELETE FROM blob_owner WHERE account = :account")
                .param("account", deleted.account().value())
                .update();
    }

    /** The account's blob of that digest. */
    public Optional<Blob> find(AccountId account, Digest digest) {
        var owned = jdbc.sql("SELECT EXISTS (SELECT FROM blob_owner WHERE digest = :digest AND account = :account)")
                .param("digest", digest.hex())
                .param("account", account.value())
                .query(Boolean.class)
                .single();
        return owned ? find(digest) : Optional.empty();
    }

    /** The blob of that digest, whoever's it is; for agents, which are told only digests that they need. */
    public Optional<Blob> find(Digest digest) {
        return Optional.ofNullable(entities.find(BlobEntity.class, digest.hex()))
                .map(b -> b.in(directory));
    }

    /** Every blob that is known, by its digest. */
    public List<Blob> all() {
        return jdbc.sql("SELECT digest, size FROM blob ORDER BY digest")
                .query((row, _) -> {
                    var digest = new Digest(row.getString("digest"));
                    return new Blob(digest, row.getLong("size"), directory.file(digest));
                })
                .list();
    }

    /** The digests of all bytes that are on disk, also of blobs that are not known. */
    public List<Digest> onDisk() {
        return directory.digests();
    }

    /**
     * Takes in bytes alone, for a database in which their blob is known, or will be. As {@link #store}, without an account.
     *
     * @return the size in bytes
     */
    public long keep(Digest expected, InputStream bytes) throws IOException {
        return directory.write(expected, bytes);
    }
}
