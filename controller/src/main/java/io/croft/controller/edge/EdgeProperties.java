package io.croft.controller.edge;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The edges' settings ({@code croft.edge.*}).
 *
 * @param maxBody the largest request body that is read before it is understood, in bytes
 * @param clockSkew how far a client's clock may be off
 */
@ConfigurationProperties("croft.edge")
public record EdgeProperties(
        @DefaultValue("1048576") int maxBody,
        @DefaultValue("PT15M") Duration clockSkew,
        @DefaultValue Throttle throttle) {
    /**
     * An account's share of requests.
     *
     * @param enabled whether there is a share at all
     * @param burst requests that may come at once
     * @param perSecond requests that come back each second
     */
    public record Throttle(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("2000") long burst,
            @DefaultValue("500") long perSecond) {}
}
