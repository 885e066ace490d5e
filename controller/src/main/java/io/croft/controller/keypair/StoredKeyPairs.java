package io.croft.controller.keypair;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes, takes, lists and deletes key pairs. A private half is never written anywhere. */
@Component
class StoredKeyPairs implements KeyPairs, AccountHoldings {
    private static final Pattern NAME = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");
    private static final Listing LISTING = Listing.of("key-pairs", "key_pair k", "k.id")
            .ids(ResourceType.KEY_PAIR)
            .ownedBy("k.account")
            .filter("key-pair-id", "k.id")
            .filter("key-name", "k.name")
            .filter("fingerprint", "k.fingerprint")
            .tagged();

    private final KeyPairTable table;
    private final Accounts accounts;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final RandomGenerator random;

    StoredKeyPairs(
            KeyPairTable table, Accounts accounts, Tags tags, JdbcClient jdbc, Clock clock, RandomGenerator random) {
        this.table = table;
        this.accounts = accounts;
        this.tags = tags;
        this.jdbc = jdbc;
        this.clock = clock;
        this.random = random;
    }

    @Override
    @Transactional
    public CreatedKeyPair create(Caller caller, String name, KeyType type, Map<String, String> keyTags) {
        checkName(name);
        var key = NewKey.draw(type);
        var view = insert(caller, name, key.publicKey(), key.fingerprint(), keyTags);
        return new CreatedKeyPair(view, key.privateText());
    }

    @Override
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

    @Override
    @Transactional(readOnly = true)
    public Page<KeyPairView> describe(Caller caller, Query query, List<String> names) {
        var page = LISTING.find(
                jdbc,
                caller.account(),
                query.andNamed(names, name -> require(caller, name).id().value()));
        var rows = table.load(page.items()).stream().collect(Collectors.toMap(r -> r.id().value(), r -> r));
        var tagged = tags.of(page.items());
        return page.found(rows).map(r -> view(r, tagged.getOrDefault(r.id().value(), Map.of())));
    }

    @Override
    @Transactional(readOnly = true)
    public String publicKey(Caller caller, String name) {
        return require(caller, name).publicKey();
    }

    private Row require(Caller caller, String name) {
        return table.named(caller.account(), name)
                .orElseThrow(() -> CloudException.missing(
                        ErrorCode.KEY_PAIR_NOT_FOUND, "The key pair '" + name + "' does not exist", List.of(name)));
    }

    @Override
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
