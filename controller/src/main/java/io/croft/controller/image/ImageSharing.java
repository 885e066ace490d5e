package io.croft.controller.image;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.identity.AccountDeleted;
import io.croft.controller.identity.Accounts;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who may launch an image besides its owner. Only the owner sees and changes it; for others, each method throws
 * {@link io.croft.controller.context.CloudException} with InvalidAMIID.NotFound.
 *
 * <p>The launch permissions in PostgreSQL; the image's row orders their writers.
 */
@Repository
public class ImageSharing {
    private final Accounts accounts;
    private final JdbcClient jdbc;

    ImageSharing(Accounts accounts, JdbcClient jdbc) {
        this.accounts = accounts;
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    public LaunchPermissions of(Caller caller, ImageId id) {
        var everyone = jdbc.sql(
                        "SELECT is_public FROM image WHERE id = :id AND account = :account AND state <> 'DEREGISTERED'")
                .param("id", id.value())
                .param("account", caller.account().value())
                .query(Boolean.class)
                .optional()
                .orElseThrow(() -> Images.notFound(id));
        var named = jdbc
                .sql("SELECT account FROM image_share WHERE image = :id")
                .param("id", id.value())
                .query(String.class)
                .stream()
                .map(AccountId::new)
                .collect(Collectors.toSet());
        return new LaunchPermissions(everyone, named);
    }

    /** The accounts that may launch each image by name, for the operator; images without any are not in it. */
    @Transactional(readOnly = true)
    public Map<ImageId, Set<AccountId>> all() {
        var all = new HashMap<ImageId, Set<AccountId>>();
        jdbc.sql("SELECT image, account FROM image_share").query(row -> {
            all.computeIfAbsent(new ImageId(row.getString("image")), _ -> new HashSet<>())
                    .add(new AccountId(row.getString("account")));
        });
        return all;
    }

    /**
     * Gives and takes permissions; one that is both given and taken is taken. What is there already, or was not there, changes nothing. Instances that run stay.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIAttributeItemValue for an account that does not exist
     */
    @Transactional
    public void change(Caller caller, ImageId id, LaunchPermissions given, LaunchPermissions taken) {
        lock(caller, id);
        if (given.everyone() || taken.everyone()) {
            setPublic(id, !taken.everyone());
        }
        requireAccounts(given.accounts());
        jdbc.sql("INSERT INTO image_share (image, account) SELECT :id, unnest(:accounts) ON CONFLICT DO NOTHING")
                .param("id", id.value())
                .param("accounts", values(given.accounts()))
                .update();
        jdbc.sql("DELETE FROM image_share WHERE image = :id AND account = ANY(:accounts)")
                .param("id", id.value())
                .param("accounts", values(taken.accounts()))
                .update();
    }

    /**
     * Makes {@code wanted} all the permissions of an image, if it has those that the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold; else as {@link #change}
     */
    @Transactional
    public void replace(Caller caller, ImageId id, LaunchPermissions wanted, Predicate<LaunchPermissions> expected) {
        lock(caller, id);
        var now = of(caller, id);
        if (!expected.test(now)) {
            throw new CloudException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The launch permissions of the image '" + id + "' have changed meanwhile.");
        }
        var unwanted = new HashSet<>(now.accounts());
        unwanted.removeAll(wanted.accounts());
        change(caller, id, wanted, new LaunchPermissions(!wanted.everyone(), unwanted));
    }

    /** Takes every permission: the image is its owner's alone. */
    @Transactional
    public void reset(Caller caller, ImageId id) {
        lock(caller, id);
        setPublic(id, false);
        jdbc.sql("DELETE FROM image_share WHERE image = :id")
                .param("id", id.value())
                .update();
    }

    /** With an account go the permissions that it gave and had. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(AccountDeleted deleted) {
        jdbc.sql("""
                        DELETE FROM image_share
                        WHERE account = :account OR image IN (SELECT id FROM image WHERE account = :account)
                        """).param("account", deleted.account().value()).update();
    }

    private void lock(Caller caller, ImageId id) {
        var found = jdbc.sql("""
                        SELECT id FROM image WHERE id = :id AND account = :account AND state <> 'DEREGISTERED' FOR NO KEY UPDATE
                        """)
                .param("id", id.value())
                .param("account", caller.account().value())
                .query(String.class)
                .optional();
        if (found.isEmpty()) {
            throw Images.notFound(id);
        }
    }

    private void setPublic(ImageId id, boolean isPublic) {
        jdbc.sql("UPDATE image SET is_public = :public WHERE id = :id")
                .param("public", isPublic)
                .param("id", id.value())
                .update();
    }

    private void requireAccounts(Set<AccountId> ids) {
        accounts.firstMissing(ids).ifPresent(missing -> {
            throw new CloudException(
                    ErrorCode.IMAGE_ATTRIBUTE_ITEM_VALUE,
                    "Invalid attribute item value \"" + missing + "\" for userId item type.");
        });
    }

    private static String[] values(Collection<AccountId> accounts) {
        return accounts.stream().map(AccountId::value).toArray(String[]::new);
    }
}
