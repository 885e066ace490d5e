package io.croft.controller.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.blobstore.Blobs;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.testing.TestAccounts;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

@ApplicationModuleTest(BootstrapMode.ALL_DEPENDENCIES)
class ImagesIT {
    private static final long GIB = 1L << 30;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Autowired
    Images images;

    @Autowired
    Blobs blobs;

    @Autowired
    JdbcClient database;

    private Caller alice;
    private Caller bob;

    @BeforeEach
    void people() {
        alice = caller(TestAccounts.make(database));
        bob = caller(TestAccounts.make(database));
    }

    private static Caller caller(AccountId account) {
        return new Caller(account, "test", Role.ADMIN, "req", "127.0.0.1");
    }

    private Digest upload(Caller caller, long virtualBytes) {
        var bytes = Qcow2Files.header(virtualBytes).array();
        try {
            var digest = new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            return blobs.store(caller.account(), digest, new ByteArrayInputStream(bytes))
                    .digest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ImageView register(Caller caller, String name) {
        return images.register(caller, registration(name, upload(caller, 3 * GIB), Map.of("os", "tiny")));
    }

    private static ImageRegistration registration(String name, Digest blob, Map<String, String> tags) {
        return new ImageRegistration(name, "", blob, "x86_64", BootMode.BIOS, "/dev/xvda", tags);
    }

    private List<ImageView> describe(Caller caller, Query query, AccountId... owners) {
        return images.describe(caller, new ImageQuery(query, List.of(owners))).items();
    }

    private static void refuse(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void anImageIsItsOwnersUntilItIsMadePublic() {
        var image = register(alice, "tiny");
        var asked = Query.ofIds(List.of(image.id().value()));

        assertThat(image.leastVolumeGibibytes()).isEqualTo(3);
        assertThat(describe(alice, asked)).containsExactly(image);
        assertThat(images.launchable(alice.account(), image.id()).digest()).isEqualTo(image.digest());
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> describe(bob, asked));
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> images.launchable(bob.account(), image.id()));
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> images.setPublic(bob, image.id(), true));

        images.setPublic(alice, image.id(), true);
        assertThat(describe(bob, asked)).singleElement().satisfies(i -> {
            assertThat(i.owner()).isEqualTo(alice.account());
            assertThat(i.isPublic()).isTrue();
            assertThat(i.tags()).isEmpty();
        });
        assertThat(images.launchable(bob.account(), image.id()).id()).isEqualTo(image.id());
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> images.deregister(bob, image.id()));
        assertThat(describe(bob, Query.ALL, bob.account())).isEmpty();
        assertThat(describe(bob, Query.ALL, alice.account())).hasSize(1);
    }

    @Test
    void filtersAndOwnersNarrowWhatIsShown() {
        var first = register(alice, "first");
        register(alice, "second");
        var byName = new Query(List.of(), List.of(new Filter("name", List.of("fir*"))), null, null);
        var byTag = new Query(List.of(), List.of(new Filter("tag:os", List.of("tiny"))), null, null);

        assertThat(describe(alice, byName, alice.account())).containsExactly(first);
        assertThat(describe(alice, byTag, alice.account())).hasSize(2);
        refuse(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> describe(alice, new Query(List.of(), List.of(new Filter("colour", List.of("red"))), null, null)));
    }

    @Test
    void aDeregisteredImageIsGoneAndItsNameFree() {
        var image = register(alice, "tiny");
        images.deregister(alice, image.id());

        refuse(ErrorCode.IMAGE_UNAVAILABLE, () -> images.launchable(alice.account(), image.id()));
        refuse(ErrorCode.IMAGE_UNAVAILABLE, () -> images.deregister(alice, image.id()));
        refuse(
                ErrorCode.IMAGE_NOT_FOUND,
                () -> describe(alice, Query.ofIds(List.of(image.id().value()))));
        register(alice, "tiny");
        assertThat(ImageTransitions.TABLE.unvisited()).isEmpty();
    }

    @Test
    void oneOfManyGetsAName() {
        var blob = upload(alice, GIB);
        var refused = new AtomicInteger();
        IntStream.range(0, 6).parallel().forEach(_ -> {
            try {
                images.register(alice, registration("contested", blob, Map.of()));
            } catch (CloudException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_NAME_DUPLICATE);
                refused.incrementAndGet();
            }
        });
        assertThat(refused).hasValue(5);
    }

    @Test
    void whatCannotBeAnImageIsRefused() {
        var blob = upload(alice, GIB);
        refuse(ErrorCode.BLOB_NOT_FOUND, () -> images.register(bob, registration("tiny", blob, Map.of())));
        refuse(ErrorCode.IMAGE_NAME_MALFORMED, () -> images.register(alice, registration("x", blob, Map.of())));
        var huge = upload(alice, 2048 * GIB);
        refuse(ErrorCode.INVALID_PARAMETER_VALUE, () -> images.register(alice, registration("huge", huge, Map.of())));
        refuse(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> images.register(
                        alice, new ImageRegistration("tiny", "", blob, "sparc", BootMode.BIOS, "/dev/xvda", Map.of())));
        refuse(ErrorCode.IMAGE_NOT_FOUND, () -> images.deregister(alice, ImageId.random(RANDOM)));
    }
}
