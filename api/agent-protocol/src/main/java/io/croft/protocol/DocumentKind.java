package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** The kinds of documents, in the order in which a host makes them ready; it takes them down in the reverse order. */
public enum DocumentKind {
    VPC("vpc"),
    SECURITY_GROUP("security-group"),
    VPC_PEERS("vpc-peers"),
    INTERFACE("interface"),
    VOLUME("volume"),
    INSTANCE("instance"),
    SNAPSHOT("snapshot"),
    OPERATION("operation");

    private final String wireName;

    DocumentKind(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON, equal to the {@code kind} property of the document itself. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    @JsonCreator
    public static DocumentKind ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(k -> k.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown document kind: \"" + wireName + "\""));
    }
}
