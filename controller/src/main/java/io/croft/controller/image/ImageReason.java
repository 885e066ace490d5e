package io.croft.controller.image;

/**
 * Why an image is in the state in which it is.
 *
 * @param code such as {@code Client.InvalidSnapshot.InUse}, in EC2's form
 * @param message for its owner, in one sentence
 */
public record ImageReason(String code, String message) {}
