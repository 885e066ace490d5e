package io.croft.controller.blobstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.ModuleTest;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.testing.TestAccounts;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@ModuleTest
@TestPropertySource(properties = "croft.blobs.largest=1KB")
class BlobsIT {
    @Autowired
    Blobs blobs;

    @Autowired
    CroftProperties properties;

    @Autowired
    JdbcClient database;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Digest digest(byte[] bytes) {
        try {
            return new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private AccountId account() {
        return TestAccounts.make(database);
    }

    private Blob store(AccountId account, byte[] bytes) {
        try {
            return blobs.store(account, digest(bytes), new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBlobBelongsToThoseWhoUploadedIt() throws IOException {
        var alice = account();
        var bob = account();
        var bytes = bytes("a blob of Alice");
        var blob = store(alice, bytes);

        assertThat(blob.size()).isEqualTo(bytes.length);
        assertThat(Files.readAllBytes(blob.file())).isEqualTo(bytes);
        assertThat(blobs.find(alice, blob.digest())).contains(blob);
        assertThat(blobs.find(bob, blob.digest())).isEmpty();
        assertThat(blobs.find(blob.digest())).contains(blob);

        assertThat(store(bob, bytes)).isEqualTo(blob);
        assertThat(blobs.find(bob, blob.digest())).contains(blob);
    }

    @Test
    void bytesWithAnotherDigestTooManyAndBrokenOffLeaveNothing() throws IOException {
        var account = account();
        var wrong = digest(bytes("something else"));
        refuse(ErrorCode.INVALID_PARAMETER_VALUE, account, wrong, bytes("this"));
        refuse(ErrorCode.REQUEST_ENTITY_TOO_LARGE, account, wrong, new byte[1025]);
        var broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("the client went");
            }
        };
        assertThatThrownBy(() -> blobs.store(account, wrong, broken)).isInstanceOf(IOException.class);

        assertThat(blobs.find(wrong)).isEmpty();
        try (var left = Files.list(properties.stateDir().resolve("blobs/incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    private void refuse(ErrorCode code, AccountId account, Digest expected, byte[] bytes) {
        assertThatThrownBy(() -> blobs.store(account, expected, new ByteArrayInputStream(bytes)))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void manyMayUploadTheSameAtOnce() {
        var accounts = IntStream.range(0, 8).mapToObj(_ -> account()).toList();
        var bytes = bytes("popular");
        accounts.parallelStream().forEach(a -> store(a, bytes));

        assertThat(accounts)
                .allSatisfy(a -> assertThat(blobs.find(a, digest(bytes))).isPresent());
    }
}
