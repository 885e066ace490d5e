package io.croft.controller.identity;

/**
 * Something that an account has, or that a host still has of it; or a host of which that is not known.
 *
 * @param type in EC2's words for resource types: {@code instance}; {@code host} for one that was not merged since a restore
 * @param detail what it is to whoever decides about it, or why it is still there; for the operator, so it may name hosts
 */
public record AccountHolding(String type, String id, String detail) {
    @Override
    public String toString() {
        return type + " " + id + " (" + detail + ")";
    }
}
