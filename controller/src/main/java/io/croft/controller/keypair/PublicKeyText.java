package io.croft.controller.keypair;

import io.croft.controller.context.Base64Text;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/**
 * A public key as clients send it: OpenSSH's line, an SSH2 block, PEM, or DER in itself or as base64; pure.
 *
 * @param encoded the key in SSH's wire format, base64
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4253#section-6.6">RFC 4253, section 6.6</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4716">RFC 4716</a>
 */
record PublicKeyText(KeyType type, AsymmetricKeyParameter key, String encoded) {
    private static final int LEAST_RSA_BITS = 1024;
    private static final int MOST_RSA_BITS = 16384;

    /** How base64 of a DER sequence begins whose length has two octets, as that of every sound RSA key has. */
    private static final String BASE64_OF_DER = "MI";

    /**
     * Reads a key.
     *
     * @throws CloudException InvalidKey.Format for anything but a sound RSA or Ed25519 key
     */
    static PublicKeyText read(byte[] material) {
        var text = new String(material, StandardCharsets.ISO_8859_1).strip();
        try {
            if (text.startsWith("ssh-")) {
                return ofBlob(Base64Text.decode(secondWord(text)));
            }
            if (text.startsWith("---- BEGIN SSH2 PUBLIC KEY")) {
                return ofBlob(Base64Text.decode(ssh2Body(text)));
            }
            if (text.startsWith("-----BEGIN PUBLIC KEY")) {
                return ofDer(Base64Text.decode(body(text)));
            }
            return ofDer(text.startsWith(BASE64_OF_DER) ? Base64Text.decode(text) : material);
        } catch (IllegalArgumentException | IllegalStateException | ArrayIndexOutOfBoundsException e) {
            throw new CloudException(ErrorCode.KEY_FORMAT, "Key is not in valid OpenSSH public key format", "", e);
        }
    }

    static PublicKeyText of(AsymmetricKeyParameter key) {
        try {
            return new PublicKeyText(
                    typeOf(key), key, Base64.getEncoder().encodeToString(OpenSSHPublicKeyUtil.encodePublicKey(key)));
        } catch (IOException e) {
            throw new IllegalArgumentException("a key that cannot be encoded", e);
        }
    }

    private static PublicKeyText ofBlob(byte[] blob) {
        return of(OpenSSHPublicKeyUtil.parsePublicKey(blob));
    }

    private static PublicKeyText ofDer(byte[] der) {
        try {
            if (KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)) instanceof RSAPublicKey rsa) {
                return of(new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent()));
            }
            throw new IllegalArgumentException("no RSA key");
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("no RSA key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform knows RSA", e);
        }
    }

    private static KeyType typeOf(AsymmetricKeyParameter key) {
        return switch (key) {
            case Ed25519PublicKeyParameters _ -> KeyType.ED25519;
            case RSAKeyParameters rsa when sound(rsa.getModulus()) -> KeyType.RSA;
            default -> throw new IllegalArgumentException("neither an Ed25519 nor a sound RSA key");
        };
    }

    private static boolean sound(BigInteger modulus) {
        return modulus.bitLength() >= LEAST_RSA_BITS && modulus.bitLength() <= MOST_RSA_BITS;
    }

    private static String secondWord(String line) {
        return line.split("\\s+", 3)[1];
    }

    private static String body(String pem) {
        return pem.lines()
                .filter(l -> !l.startsWith("-----"))
                .map(String::strip)
                .collect(Collectors.joining());
    }

    /** Without the header fields, which have a colon and may go on in a line after a backslash. */
    private static String ssh2Body(String block) {
        var continued = false;
        var body = new StringBuilder();
        for (var line : block.lines().toList()) {
            var header = continued || line.startsWith("----") || line.contains(":");
            continued = header && line.endsWith("\\");
            body.append(header ? "" : line.strip());
        }
        return body.toString();
    }

    /** OpenSSH's one line with {@code comment} at its end. */
    String line(String comment) {
        var name = type == KeyType.RSA ? "ssh-rsa" : "ssh-ed25519";
        return name + " " + encoded + " " + comment;
    }

    /**
     * The fingerprint that EC2 gives an imported key: of RSA the MD5 of its DER form, of Ed25519 the SHA-256 of its SSH form.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html">Fingerprints</a>
     */
    String importedFingerprint() {
        return key instanceof RSAKeyParameters rsa ? colons("MD5", der(rsa)) : sshFingerprint();
    }

    /** SHA-256 of the SSH form, base64. */
    String sshFingerprint() {
        return Base64.getEncoder()
                .encodeToString(digest("SHA-256", Base64.getDecoder().decode(encoded)));
    }

    static String colons(String algorithm, byte[] bytes) {
        return HexFormat.ofDelimiter(":").formatHex(digest(algorithm, bytes));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static byte[] der(RSAKeyParameters rsa) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getExponent()))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a sound RSA key has a DER form", e);
        }
    }
}
