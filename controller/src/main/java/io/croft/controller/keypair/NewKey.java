package io.croft.controller.keypair;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Base64;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;

/**
 * A key pair just drawn.
 *
 * @param privateText the private half as a file for {@code ssh -i}
 * @param fingerprint as EC2 gives it to a key that it made
 */
record NewKey(PublicKeyText publicKey, String privateText, String fingerprint) {
    private static final int RSA_BITS = 2048;
    private static final int LINE = 64;

    static NewKey draw(KeyType type) {
        return switch (type) {
            case RSA -> rsa();
            case ED25519 -> ed25519();
        };
    }

    private static NewKey rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            var key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
            return new NewKey(
                    PublicKeyText.of(new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent())),
                    pem("RSA PRIVATE KEY", parameters(key)),
                    PublicKeyText.colons("SHA-1", key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes RSA keys", e);
        }
    }

    private static AsymmetricKeyParameter parameters(RSAPrivateCrtKey key) {
        return new RSAPrivateCrtKeyParameters(
                key.getModulus(),
                key.getPublicExponent(),
                key.getPrivateExponent(),
                key.getPrimeP(),
                key.getPrimeQ(),
                key.getPrimeExponentP(),
                key.getPrimeExponentQ(),
                key.getCrtCoefficient());
    }

    private static NewKey ed25519() {
        var key = new Ed25519PrivateKeyParameters(new SecureRandom());
        var publicKey = PublicKeyText.of(key.generatePublicKey());
        return new NewKey(publicKey, pem("OPENSSH PRIVATE KEY", key), publicKey.sshFingerprint());
    }

    private static String pem(String title, AsymmetricKeyParameter key) {
        try {
            var body = Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                    .encodeToString(OpenSSHPrivateKeyUtil.encodePrivateKey(key));
            return "-----BEGIN " + title + "-----\n" + body + "\n-----END " + title + "-----\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "NewKey[" + fingerprint + "]";
    }
}
