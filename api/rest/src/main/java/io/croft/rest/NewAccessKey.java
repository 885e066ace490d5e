package io.croft.rest;

/** A new access key; its secret is shown this once. */
public record NewAccessKey(String accessKeyId, String secretAccessKey) {}
