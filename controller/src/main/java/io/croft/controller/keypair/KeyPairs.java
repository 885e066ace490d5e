package io.croft.controller.keypair;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.controller.identity.Accounts;
import io.croft.controller.keypair.KeyPairTable.Row;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.KeyPairId;
import io.croft.types.ResourceType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The account's key pairs.
 *
 * <p>Makes, takes, lists and deletes key pairs. A private half is never written anywhere.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html">Fingerprints</a>
 */
@Component
public class KeyPairs implements AccountHoldings {
    private static final Pattern NAME = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");
    private static final Noun NOUN = Noun.of(
            ResourceType.KEY_PAIR,
            "key_pair k",
            l -> l.filter("key-pair-id", "k.id").filter("key-name", "k.name").filter("fingerprint", "k.fingerprint"));

    private final KeyPairTable table;
    private final Accounts accounts;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final RandomGenerator random;

    KeyPairs(KeyPairTable table, Accounts accounts, Tags tags, JdbcClient jdbc, Clock clock, RandomGenerator random) {
        this.table = table;
        this.accounts = accounts;
        this.tags = tags;
        this.jdbc = jdbc;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A key pair just made.
     *
     * @param privateKey the private half in PEM (RSA: PKCS#1) or OpenSSH's form (Ed25519); shown this once and kept nowhere
     */
    public record Created(KeyPairView keyPair, String privateKey) {
        @Override
        public String toString() {
            return "Created[" + keyPair + "]";
        }
    }

    @Bean
    static Noun keyPairNoun() {
        return NOUN;
    }

    /**
     * Makes a key pair: RSA with 2048 bits, or Ed25519.
     *
     * @param name 1 to 255 ASCII characters, unique in the account
     * @throws io.croft.controller.context.CloudException InvalidKeyPair.Duplicate, InvalidParameterValue
     */
    @Transactional
    public Created create(Caller caller, String name, KeyType type, Map<String, String> keyTags) {
        checkName(name);
        var key = NewKey.draw(type);
        var view = insert(caller, name, key.publicKey(), key.fingerprint(), keyTags);
        return new Created(view, key.privateText());
    }

    /**
     * Takes a public key: OpenSSH's line, PEM or DER, the last two for RSA only.
     *
     * @param material the bytes, after base64
     * @throws io.croft.controller.context.CloudException InvalidKey.Format, InvalidKeyPair.Duplicate
     */
    @Transactional
    public KeyPairView importKey(Caller caller, String name, byte[] material, Map<String, String> keyTags) {
        checkName(name);
        var key = PublicKeyText.read(material);
        return insert(caller, name, key, key.importedFingerprint(), keyTags);
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "A key pair's name has 1 to 255 ASCII characters, without spaces around it: '" + name + "'");
        }
    }

    private KeyPairView insert(
            Caller caller, String name, PublicKeyText key, String fingerprint, Map<String, String> keyTags) {
        accounts.requireActive(caller.account());
        var row = new Row(
                KeyPairId.random(random),
                caller.account(),
                name,
                key.type(),
                fingerprint,
                key.line(name),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (!table.insert(row)) {
            throw new CloudException(ErrorCode.KEY_PAIR_DUPLICATE, "The keypair '" + name + "' already exists.");
        }
        tags.attach(caller.account(), Map.of(row.id().value(), keyTags));
        return view(row, keyTags);
    }

    /**
     * Lists key pairs; the query's ids are key pair ids. Filters: {@code key-name}, {@code key-pair-id}, {@code fingerprint} and the tags'.
     *
     * @param names key pairs given by name; each must exist
     * @throws io.croft.controller.context.CloudException InvalidKeyPair.NotFound
     */
    @Transactional(readOnly = true)
    public Page<KeyPairView> describe(Caller caller, Query query, List<String> names) {
        var asked = query.andNamed(names, name -> require(caller, name).id().value());
        return tags.onto(NOUN.page(jdbc, caller, asked, table::load, Row::id), Row::id, KeyPairs::view);
    }

    /**
     * The public key that a launch puts into its instances: OpenSSH's line.
     *
     * @throws io.croft.controller.context.CloudException InvalidKeyPair.NotFound
     */
    @Transactional(readOnly = true)
    public String publicKey(Caller caller, String name) {
        return require(caller, name).publicKey();
    }

    private Row require(Caller caller, String name) {
        return table.named(caller.account(), name)
                .orElseThrow(() -> CloudException.missing(
                        ErrorCode.KEY_PAIR_NOT_FOUND, "The key pair '" + name + "' does not exist", List.of(name)));
    }

    /**
     * Deletes a key pair by id or name; one that is not there is no error, as in EC2.
     *
     * @return the id of the key pair that was deleted, if any
     */
    @Transactional
    public Optional<KeyPairId> delete(Caller caller, @Nullable KeyPairId id, @Nullable String name) {
        var target =
                id == null && name != null ? table.named(caller.account(), name).map(Row::id) : Optional.ofNullable(id);
        var deleted = target.flatMap(t -> table.delete(caller.account(), t));
        deleted.ifPresent(d -> tags.drop(List.of(d.value())));
        return deleted;
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return table.of(account).stream()
                .map(k -> new AccountHolding("key-pair", k.id().value(), k.name()))
                .toList();
    }

    @Override
    @Transactional
    public void endHoldings(AccountId account) {
        var gone = table.of(account).stream()
                .flatMap(k -> table.delete(account, k.id()).stream())
                .map(KeyPairId::value)
                .toList();
        tags.drop(gone);
    }

    private static KeyPairView view(Row row, Map<String, String> tags) {
        return new KeyPairView(
                row.id(), row.name(), row.type(), row.fingerprint(), row.publicKey(), row.created(), tags);
    }
}
