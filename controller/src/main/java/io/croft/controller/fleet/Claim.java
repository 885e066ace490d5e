package io.croft.controller.fleet;

import io.croft.types.ResourceId;

/** What one resource, an instance or a volume, takes of its host. */
public record Claim(ResourceId holder, Resources amount) {}
