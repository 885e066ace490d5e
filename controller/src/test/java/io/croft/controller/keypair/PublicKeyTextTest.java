package io.croft.controller.keypair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTextTest {
    /** Made by ssh-keygen, which gives it the fingerprint below, without base64's padding. */
    private static final String ED25519 =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILxx3HwQKVOjT+89V2s71TDHC0DePayjeykS0jnUqGkg someone@somewhere";

    /** Made by ssh-keygen; the fingerprint is what {@code openssl md5 -c} says of its DER form. */
    private static final String RSA =
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC4uyJ55CfKiQc4J3bWNvdhEAhfNu5AMg6e0ChYkdwFU9pnCJDCkIt5/5sqC+epErAkol/pbJiR"
                    + "3PhMIIWCM6SkQlpts7ylu6MO9SaZDTlxgn123UxId9A64rkgXs/XwcyNeUK4MEaDpiKFOB+vHPdtFMAG9PLc7MB9fa2GTezmD+o/J9fAMo1z+r74ywyPOKP4kFvX"
                    + "UQh6HPAXUEDXj7mYLtyIJM1a2PBTUNDBSdZI1vY9HFOqqp41VL+3vfjgB0UAjRkeFdIOO5bdhHR67f7LIda3HqPDJB25GgH9FhYUgvyUAyOCsEkEaNNeALBQEd3b"
                    + "+ocWvJPumt97SfiGA1Tb x";

    @ParameterizedTest
    @EnumSource
    void whatIsDrawnCanBeReadAgain(KeyType type) {
        var key = NewKey.draw(type);
        var read = PublicKeyText.read(key.publicKey().line("name").getBytes(StandardCharsets.US_ASCII));
        assertThat(read.encoded()).isEqualTo(key.publicKey().encoded());
        assertThat(read.type()).isEqualTo(type);
        assertThat(key.publicKey().line("name")).endsWith(" name").hasLineCount(1);
        assertThat(OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(body(key.privateText())))
                .isNotNull();
    }

    private static byte[] body(String pem) {
        return Base64.getMimeDecoder()
                .decode(pem.lines().filter(l -> !l.startsWith("-----")).reduce("", String::concat));
    }

    @Test
    void fingerprintsHaveEc2sForms() {
        var rsa = NewKey.draw(KeyType.RSA);
        assertThat(rsa.fingerprint()).matches("([0-9a-f]{2}:){19}[0-9a-f]{2}");
        assertThat(rsa.publicKey().importedFingerprint()).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
        assertThat(rsa.privateText()).startsWith("-----BEGIN RSA PRIVATE KEY-----\n");
        var ed25519 = NewKey.draw(KeyType.ED25519);
        assertThat(ed25519.privateText()).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n");
        assertThat(Base64.getDecoder().decode(ed25519.fingerprint())).hasSize(32);
        assertThat(PublicKeyText.read(ED25519.getBytes(StandardCharsets.US_ASCII))
                        .importedFingerprint())
                .isEqualTo("bPtzhNyi1omICd4BgQblM1cebLJBT3u63Dul7VXpScI=");
        assertThat(PublicKeyText.read(RSA.getBytes(StandardCharsets.US_ASCII)).importedFingerprint())
                .isEqualTo("24:89:b0:0c:e4:54:dc:f8:eb:d3:a7:42:e5:6a:1c:35");
    }

    @Test
    void readsDerPemAndSsh2Blocks() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var der = generator.generateKeyPair().getPublic().getEncoded();
        var pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        var fromDer = PublicKeyText.read(der);
        assertThat(PublicKeyText.read(pem.getBytes(StandardCharsets.US_ASCII)).encoded())
                .isEqualTo(fromDer.encoded());
        var block = "---- BEGIN SSH2 PUBLIC KEY ----\nComment: \"a \\\nkey\"\n" + fromDer.encoded()
                + "\n---- END SSH2 PUBLIC KEY ----\n";
        assertThat(PublicKeyText.read(block.getBytes(StandardCharsets.US_ASCII)).encoded())
                .isEqualTo(fromDer.encoded());
        assertThat(fromDer.key()).isInstanceOf(RSAKeyParameters.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "ssh-rsa",
                "ssh-rsa !!!!",
                "ssh-rsa AAAA",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "ssh-dss AAAAB3NzaC1kc3MAAAAA"
            })
    void refusesWhatIsNoKey(String material) {
        assertThatThrownBy(() -> PublicKeyText.read(material.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_FORMAT));
    }
}
