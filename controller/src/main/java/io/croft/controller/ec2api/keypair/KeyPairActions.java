package io.croft.controller.ec2api.keypair;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.keypair.KeyPairView;
import io.croft.controller.keypair.KeyPairs;
import io.croft.controller.keypair.KeyType;
import io.croft.types.ErrorCode;
import io.croft.types.KeyPairId;
import io.croft.types.ResourceType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;

/** The actions on key pairs. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {
            @BadValue(
                    of = {"CreateKeyPair.KeyName", "ImportKeyPair.KeyName"},
                    is = ErrorCode.INVALID_PARAMETER_VALUE),
            @BadValue(of = "KeyName", is = ErrorCode.KEY_PAIR_NOT_FOUND),
            @BadValue(of = "PublicKeyMaterial", is = ErrorCode.KEY_FORMAT)
        })
class KeyPairActions {
    private final KeyPairs keyPairs;

    KeyPairActions(KeyPairs keyPairs) {
        this.keyPairs = keyPairs;
    }

    @Action(
            supports = {"KeyName", "KeyType", "TagSpecification.*"},
            accepts = "KeyFormat=pem")
    CreateKeyPairResponse createKeyPair(Caller caller, CreateKeyPairRequest request) {
        var created = keyPairs.create(
                caller,
                Given.value(request.keyName(), "KeyName"),
                type(request.keyTypeAsString()),
                TagForm.specified(request.tagSpecifications(), ResourceType.KEY_PAIR));
        var keyPair = created.keyPair();
        return CreateKeyPairResponse.builder()
                .keyPairId(keyPair.id().value())
                .keyName(keyPair.name())
                .keyFingerprint(keyPair.fingerprint())
                .keyMaterial(created.privateKey())
                .tags(TagForm.write(keyPair.tags()))
                .build();
    }

    @Action(supports = {"KeyName", "PublicKeyMaterial", "TagSpecification.*"})
    ImportKeyPairResponse importKeyPair(Caller caller, ImportKeyPairRequest request) {
        var keyPair = keyPairs.importKey(
                caller,
                Given.value(request.keyName(), "KeyName"),
                Given.value(request.publicKeyMaterial(), "PublicKeyMaterial").asByteArray(),
                TagForm.specified(request.tagSpecifications(), ResourceType.KEY_PAIR));
        return ImportKeyPairResponse.builder()
                .keyPairId(keyPair.id().value())
                .keyName(keyPair.name())
                .keyFingerprint(keyPair.fingerprint())
                .tags(TagForm.write(keyPair.tags()))
                .build();
    }

    @Action(supports = {"KeyName", "KeyPairId", "Filter.*", "IncludePublicKey"})
    DescribeKeyPairsResponse describeKeyPairs(Caller caller, DescribeKeyPairsRequest request) {
        var query = Queries.of(request.keyPairIds(), request.filters(), null, null);
        var withPublicKey = Boolean.TRUE.equals(request.includePublicKey());
        return DescribeKeyPairsResponse.builder()
                .keyPairs(keyPairs.describe(caller, query, request.keyNames()).items().stream()
                        .map(k -> info(k, withPublicKey))
                        .toList())
                .build();
    }

    @Action(supports = {"KeyName", "KeyPairId"})
    DeleteKeyPairResponse deleteKeyPair(Caller caller, DeleteKeyPairRequest request) {
        if (request.keyName() == null && request.keyPairId() == null) {
            throw Given.missing("KeyName");
        }
        var id = request.keyPairId() == null ? null : new KeyPairId(request.keyPairId());
        var deleted = keyPairs.delete(caller, id, request.keyName());
        return DeleteKeyPairResponse.builder()
                .returnValue(true)
                .keyPairId(deleted.map(KeyPairId::value).orElse(null))
                .build();
    }

    private static KeyPairInfo info(KeyPairView keyPair, boolean withPublicKey) {
        return KeyPairInfo.builder()
                .keyPairId(keyPair.id().value())
                .keyName(keyPair.name())
                .keyType(keyPair.type().ec2Name())
                .keyFingerprint(keyPair.fingerprint())
                .publicKey(withPublicKey ? keyPair.publicKey() : null)
                .createTime(keyPair.created())
                .tags(TagForm.write(keyPair.tags()))
                .build();
    }

    private static KeyType type(@Nullable String name) {
        if (name == null) {
            return KeyType.RSA;
        }
        return Arrays.stream(KeyType.values())
                .filter(t -> t.ec2Name().equals(name))
                .findFirst()
                .orElseThrow(() -> Given.invalid("KeyType", name));
    }
}
