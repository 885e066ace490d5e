package io.croft.rest.restore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to merge what the hosts have told.
 *
 * @param withoutSilent whether to go on although hosts have not told what they have: their shares stay as they are until they have
 * @param without ids of hosts that are not to be believed, though they have spoken: they are told nothing, what they say changes nothing, and their shares stay as they are; none when absent
 */
public record RestoreApplication(
        boolean withoutSilent, @Nullable List<String> without) {}
