package io.croft.controller.awsedge;

/**
 * What is sent back.
 *
 * @param status the HTTP status
 * @param body XML
 */
record Answer(int status, String body, String requestId) {}
