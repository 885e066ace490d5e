package io.croft.controller.blobstore;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the blob store ({@code croft.blobs.*}).
 *
 * @param largest the largest blob that is taken in
 */
@ConfigurationProperties("croft.blobs")
record BlobLimits(@DefaultValue("64GB") DataSize largest) {}
