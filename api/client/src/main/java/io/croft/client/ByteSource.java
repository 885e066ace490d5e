package io.croft.client;

import java.io.IOException;
import java.io.InputStream;

/** Where a request's bytes come from. */
public interface ByteSource {
    InputStream open() throws IOException;
}
