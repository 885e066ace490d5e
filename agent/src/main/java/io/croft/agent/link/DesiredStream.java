package io.croft.agent.link;

import io.croft.protocol.DesiredBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads one connection's batches, line by line, until it breaks or falls silent. A line counts once it is whole. */
final class DesiredStream {
    /** Three heartbeats. */
    static final Duration SILENCE = Duration.ofSeconds(45);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Consumer<DesiredBatch> batches;
    private final Duration silence;

    DesiredStream(Consumer<DesiredBatch> batches, Duration silence) {
        this.batches = batches;
        this.silence = silence;
    }

    /**
     * Hands on each batch, in order, on the calling thread; returns when the controller ends the stream.
     *
     * @throws LinkException when it breaks, says nothing for the time given, or says what this agent does not understand
     */
    void read(InputStream stream) {
        var heard = new AtomicLong(System.nanoTime());
        var watch = Thread.ofVirtual().name("desired-silence").start(() -> endSilent(stream, heard));
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.set(System.nanoTime());
                batches.accept(JSON.readValue(line, DesiredBatch.class));
            }
        } catch (IOException e) {
            throw new LinkException("the stream of desired state broke off", e);
        } catch (JacksonException e) {
            throw new LinkException("a line of desired state is not understood: " + e.getOriginalMessage(), e);
        } finally {
            watch.interrupt();
        }
    }

    /** Ends the reading from outside: a blocked read has no time-out of its own. */
    private void endSilent(InputStream stream, AtomicLong heard) {
        try {
            for (var left = silence; left.isPositive(); left = silence.minusNanos(System.nanoTime() - heard.get())) {
                Thread.sleep(left);
            }
            stream.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new LinkException("cannot end a silent stream", e);
        }
    }
}
