package io.croft.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.protocol.DesiredBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DesiredStreamTest {
    private static final String LINE = "{\"revision\":%d,\"full\":false,\"documents\":[]}";

    private final List<DesiredBatch> batches = new ArrayList<>();

    @Test
    void wholeLinesCountAndAnythingElseEndsTheStream() {
        assertThatThrownBy(
                        () -> read(LINE.formatted(1) + "\n" + LINE.formatted(2).substring(0, 20)))
                .isInstanceOf(LinkException.class);
        assertThat(batches).containsExactly(new DesiredBatch(1, false, List.of()));
    }

    @Test
    void aStreamThatEndsBetweenLinesIsNoError() {
        read(LINE.formatted(1) + "\n" + LINE.formatted(2) + "\n");
        assertThat(batches).hasSize(2);
    }

    @Test
    void silenceEndsTheStream() {
        assertThatThrownBy(() -> new DesiredStream(batches::add, Duration.ofMillis(50)).read(new Silence()))
                .isInstanceOf(LinkException.class);
    }

    /** Says nothing until it is closed, as a connection does. */
    private static final class Silence extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private void read(String text) {
        new DesiredStream(batches::add, Duration.ofSeconds(20))
                .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
