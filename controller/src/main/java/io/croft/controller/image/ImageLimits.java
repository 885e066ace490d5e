package io.croft.controller.image;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the catalogue ({@code croft.images.*}).
 *
 * @param largest the largest disk that an image may have
 */
@ConfigurationProperties("croft.images")
record ImageLimits(@DefaultValue("1TB") DataSize largest) {}
