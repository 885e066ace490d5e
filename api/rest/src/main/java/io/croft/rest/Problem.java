package io.croft.rest;

/**
 * An error, as {@code application/problem+json}.
 *
 * @param title the HTTP status in words
 * @param status the HTTP status
 * @param detail one sentence for the person who asked
 * @param code stable, for programs; EC2's name of the error where EC2 has one
 * @param requestId the id that the log and the audit trail know the request by
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public record Problem(String title, int status, String detail, String code, String requestId) {}
