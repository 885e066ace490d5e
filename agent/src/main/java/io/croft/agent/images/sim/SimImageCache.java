package io.croft.agent.images.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.images.ImageCache;
import io.croft.types.Digest;
import java.nio.file.Path;

/** An {@link ImageCache} that has every blob, unless a fault on {@code require} says otherwise. */
public final class SimImageCache implements ImageCache {
    private final Faults faults;

    public SimImageCache(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Path require(Digest digest) {
        return faults.around("require", () -> Path.of("/sim/images", digest.hex()));
    }

    @Override
    public Kept kept() {
        return new Kept(0, 0);
    }
}
