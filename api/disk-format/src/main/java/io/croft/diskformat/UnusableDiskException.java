package io.croft.diskformat;

/** A file that must not, or cannot, become an image; the message says why, as the end of a sentence about it. */
public final class UnusableDiskException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableDiskException(String why) {
        super(why);
    }
}
