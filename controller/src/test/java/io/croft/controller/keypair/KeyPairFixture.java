package io.croft.controller.keypair;

import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.AccountOwned;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.identity.AccountHolding;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Key pairs in the tests of all nouns. */
public final class KeyPairFixture implements NounFixture, AccountOwned {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of(
                "key-pair", tenant.ec2.createKeyPair(r -> r.keyName("owned")).keyPairId());
    }

    @Override
    public String actions() {
        return """
                CreateKeyPair ImportKeyPair
                DescribeKeyPairs | KeyPairId.1={key-pair} | InvalidKeyPair.NotFound
                DeleteKeyPair    | KeyPairId={key-pair}   | <return>true</return></DeleteKeyPairResponse>
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribeKeyPairs | KeyName.1=                                   | InvalidKeyPair.NotFound
                RunInstances     | {launch}&KeyName=               | InvalidKeyPair.NotFound
                CreateKeyPair    | KeyName=                                     | InvalidParameterValue
                ImportKeyPair    | KeyName=x&PublicKeyMaterial=%3F              | InvalidKey.Format
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeKeyPairs: fingerprint key-name key-pair-id tag-key tag:Name
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/key-pairs
                POST /v1/key-pairs
                GET /v1/key-pairs/{id}
                DELETE /v1/key-pairs/{id}
                """;
    }

    @Override
    public AccountHolding give(Caller owner, BeanFactory beans) {
        var made = beans.getBean(KeyPairs.class)
                .create(owner, "k", KeyType.ED25519, Map.of("a", "b"))
                .keyPair();
        return new AccountHolding("key-pair", made.id().value(), "k");
    }
}
