package io.croft.controller.keypair;

/**
 * A key pair just made.
 *
 * @param privateKey the private half in PEM (RSA: PKCS#1) or OpenSSH's form (Ed25519); shown this once and kept nowhere
 */
public record CreatedKeyPair(KeyPairView keyPair, String privateKey) {
    @Override
    public String toString() {
        return "CreatedKeyPair[" + keyPair + "]";
    }
}
