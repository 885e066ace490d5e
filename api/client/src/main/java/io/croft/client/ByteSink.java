package io.croft.client;

import java.io.IOException;
import java.io.InputStream;

/** Where an answer's bytes go as they come. */
public interface ByteSink {
    void take(InputStream in) throws IOException;
}
