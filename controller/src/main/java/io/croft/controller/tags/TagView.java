package io.croft.controller.tags;

import io.croft.types.ResourceType;

/** One tag of one resource, as DescribeTags shows it. */
public record TagView(String resourceId, ResourceType resourceType, String key, String value) {}
