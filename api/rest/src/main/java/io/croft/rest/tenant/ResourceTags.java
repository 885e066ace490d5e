package io.croft.rest.tenant;

import java.util.Map;

/** All tags of one resource. */
public record ResourceTags(String resourceId, Map<String, String> tags) {}
