package io.croft.rest.restore;

import java.util.List;

/**
 * What a merge did.
 *
 * @param lines every line of it
 * @param restore where the restore stands now
 */
public record AppliedRestore(List<RestoreLineResource> lines, RestoreResource restore) {}
