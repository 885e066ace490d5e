package io.croft.agent.ledger;

import io.croft.protocol.DesiredBatch;
import io.croft.protocol.HostDocument;
import io.croft.protocol.OperationResult;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import tools.jackson.databind.json.JsonMapper;

/**
 * What this host was told and what it must not forget, kept in {@code <state-dir>/ledger}. Written by the link (documents, settlements) and
 * the reconciler (results, notes); thread-safe. What a method has returned from is on disk, except {@link #made}, which may wait. On a full disk it still takes
 * what makes room: tombstones, and what the controller is done with.
 */
public final class Ledger implements LedgerNotes, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long SMALL = 1 << 20;
    private static final int WASTE = 4;

    private final Journal journal;
    private final FileChannel lock;
    private final boolean whole;
    private long wholeLength;
    private volatile LedgerState state;
    private volatile boolean wentBack;
    private volatile boolean denies;

    private Ledger(Journal journal, FileChannel lock, LedgerState state) {
        this.journal = journal;
        this.lock = lock;
        this.whole = journal.lost() == 0;
        this.state = state;
    }

    /**
     * Opens the ledger in {@code folder}, which is made when it is not there.
     *
     * @throws IllegalStateException when another agent holds it
     */
    public static Ledger open(Path folder) throws IOException {
        Files.createDirectories(folder);
        var lock = lock(folder.resolve("lock"));
        try {
            var lines = new ArrayList<byte[]>();
            var journal = Journal.open(folder.resolve("journal"), lines);
            if (journal.lost() > 0) {
                LOG.atWarn()
                        .addKeyValue("bytes", journal.lost())
                        .log("Dropped the end of the ledger, which was cut off");
            }
            return new Ledger(journal, lock, replay(lines));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public LedgerState state() {
        return state;
    }

    /** Whether nothing of it was found lost when it was opened. */
    public boolean whole() {
        return whole;
    }

    /** The journal's length, without what it holds in reserve. */
    public synchronized long bytes() {
        return journal.length();
    }

    /** Whether the controller went back, and has not been put right since. */
    public boolean wentBack() {
        return wentBack;
    }

    /** Whether the controller spoke otherwise of what it told before, which it cannot know from this host's revision. */
    public boolean denies() {
        return denies;
    }

    /**
     * Takes what is newer in {@code batch}.
     *
     * @return the documents refused, which stay as they were
     * @throws WentBackException when the batch is from before what was taken already, speaks otherwise of what was, or builds on one that did; nothing of it is taken
     */
    public synchronized List<HostDocument> accept(DesiredBatch batch) {
        if (state.covers(batch)) {
            return List.of();
        }
        requireNotBack(batch);
        var refused = batch.documents().stream()
                .filter(d -> state.verdict(d).refused())
                .toList();
        refused.forEach(d -> LOG.atLevel(state.verdict(d) == Verdict.CONTESTED ? Level.ERROR : Level.WARN)
                .addKeyValue("document", d.key())
                .addKeyValue("generation", d.generation())
                .addKeyValue("verdict", state.verdict(d))
                .log("Refused a document"));
        add(new LedgerEntry.Accepted(batch), true);
        return refused;
    }

    /** Once it went back, only everything, at a revision not reached before, says where the controller stands now. */
    private void requireNotBack(DesiredBatch batch) {
        denies = state.deniedBy(batch) || (denies && !batch.full());
        wentBack = denies || batch.revision() < state.revision() || (wentBack && !batch.full());
        if (wentBack) {
            LOG.atError()
                    .addKeyValue("known", state.revision())
                    .addKeyValue("told", batch.revision())
                    .addKeyValue("otherwise", denies)
                    .log("The controller went back: its database is an older copy, and what it says is refused");
            throw new WentBackException(state.revision(), batch.revision());
        }
    }

    @Override
    public synchronized void record(OperationResult result) {
        add(new LedgerEntry.Recorded(result), true);
    }

    public synchronized void settle(List<Settlement> settled) {
        if (!settled.isEmpty()) {
            add(new LedgerEntry.Settled(settled), true);
        }
    }

    @Override
    public synchronized void halted(InstanceId instance, Generation generation) {
        if (!generation.equals(state.halted().get(instance))) {
            add(new LedgerEntry.Halted(instance, generation), true);
        }
    }

    @Override
    public synchronized void ran(InstanceId instance, Generation generation) {
        if (!generation.equals(state.ran().get(instance))) {
            add(new LedgerEntry.Ran(instance, generation), true);
        }
    }

    @Override
    public synchronized void made(VolumeId volume) {
        if (!state.made().contains(volume)) {
            add(new LedgerEntry.Made(volume), false);
        }
    }

    /** Notes that all has ended that the fence names. */
    public synchronized void passed(long fence) {
        if (fence > state.fence().passed()) {
            add(new LedgerEntry.Passed(fence), true);
        }
    }

    /** Notes that the controller has told everything since the host was started; the documents are in the ledger before. */
    public synchronized void heard(String boot) {
        if (!boot.equals(state.fence().boot())) {
            add(new LedgerEntry.Heard(boot), true);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (lock) {
            journal.close();
        }
    }

    private void add(LedgerEntry entry, boolean sync) {
        var next = state.with(entry);
        try {
            journal.append(JSON.writeValueAsBytes(entry), sync, entry.frees());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the ledger", e);
        }
        state = next;
        if (journal.length() > Math.max(SMALL, WASTE * wholeLength)) {
            compact();
        }
    }

    /** A journal that cannot be made smaller is still whole. */
    private void compact() {
        try {
            journal.rewrite(JSON.writeValueAsBytes(state.whole()));
            wholeLength = journal.length();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("Could not write the ledger anew");
        }
    }

    private static LedgerState replay(List<byte[]> lines) {
        var state = LedgerState.EMPTY;
        for (var line : lines) {
            state = state.with(JSON.readValue(line, LedgerEntry.class));
        }
        return state;
    }

    private static FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IllegalStateException(
                    "another agent works on " + file.toAbsolutePath().getParent());
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
