package io.croft.protocol;

/** Names a document on a host: {@code instance/i-0123456789abcdef0}. */
public record DocumentKey(DocumentKind kind, String id) implements Comparable<DocumentKey> {
    @Override
    public int compareTo(DocumentKey other) {
        var byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return kind.wireName() + "/" + id;
    }
}
