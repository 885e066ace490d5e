package io.croft.client;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** What a read or a write that failed means, in words for whoever asked for it: Java's own are the system's, or its own for experts. */
public final class IoFailure {
    private IoFailure() {}

    /** A clause that says what is the matter. */
    public static String clause(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException absent -> "there is no file " + absent.getFile();
            case AccessDeniedException closed -> "the file " + closed.getFile() + " may not be read or written";
            case FileSystemException file -> file.getFile() + ": " + ofSystem(String.valueOf(file.getReason()));
            case UnknownHostException host -> "there is no host " + host(host);
            case NoRouteToHostException _ -> "there is no way to the host";
            case HttpTimeoutException _, SocketTimeoutException _ -> "it was silent for too long";
            case ConnectException _ -> "nothing listens there";
            case SSLException secure -> "no secure connection can be made: " + secure.getMessage();
            case EOFException _, ClosedChannelException _, SocketException _ -> "the connection broke off";
            default -> ofSystem(String.valueOf(failure.getMessage()));
        };
    }

    private static String host(UnknownHostException failure) {
        return String.valueOf(failure.getMessage()).replaceAll(":.*", "");
    }

    /** By the words that the C library and the JDK have for it. */
    private static String ofSystem(String message) {
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return "no room is left on the disk";
        }
        if (lower.contains("is a directory")) {
            return "it is a directory";
        }
        if (lower.contains("read-only file system")) {
            return "the disk can only be read";
        }
        if (lower.contains("premature eof")
                || lower.contains("connection reset")
                || lower.contains("broken pipe")
                || lower.contains("eof")
                || lower.contains("header parser received no bytes")
                || lower.contains("closed")) {
            return "the connection broke off";
        }
        return "it could not be read or written: " + message;
    }
}
