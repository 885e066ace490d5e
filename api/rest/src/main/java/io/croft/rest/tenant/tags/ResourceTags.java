package io.croft.rest.tenant.tags;

import java.util.Map;

/** All tags of one resource. */
public record ResourceTags(String resourceId, Map<String, String> tags) {}
