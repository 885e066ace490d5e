package io.croft.controller.keypair;

/** The algorithms of key pairs, under EC2's names. */
public enum KeyType {
    RSA("rsa"),
    ED25519("ed25519");

    private final String ec2Name;

    KeyType(String ec2Name) {
        this.ec2Name = ec2Name;
    }

    public String ec2Name() {
        return ec2Name;
    }
}
