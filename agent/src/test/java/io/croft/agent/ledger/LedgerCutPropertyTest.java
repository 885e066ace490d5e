package io.croft.agent.ledger;

import static io.croft.agent.Documents.instanceId;
import static io.croft.agent.Documents.operation;
import static io.croft.agent.Documents.operationId;
import static io.croft.agent.Documents.volume;
import static io.croft.agent.Documents.volumeId;
import static io.croft.agent.Documents.vpc;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.protocol.DesiredBatch;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.OperationResult;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A journal cut at any byte, or with garbage behind the cut, opens with the state after its last whole entry and takes new ones. */
class LedgerCutPropertyTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @RepeatedTest(2)
    void opensAtTheLastWholeEntry() throws IOException {
        var states = new TreeMap<Long, LedgerState>();
        states.put(0L, LedgerState.EMPTY);
        var journal = folder.resolve("journal");
        try (var ledger = Ledger.open(folder)) {
            for (var step = 0; step < 12; step++) {
                act(ledger, step);
                states.put((long) lines(Files.readAllBytes(journal)).length, ledger.state());
            }
        }
        var bytes = lines(Files.readAllBytes(journal));
        for (var cut = 0; cut <= bytes.length; cut++) {
            var cutNow = cut;
            var garbage = random.nextBoolean() ? random.nextInt(40) : 0;
            var torn = new byte[cut + garbage];
            random.nextBytes(torn);
            System.arraycopy(bytes, 0, torn, 0, cut);
            var reserve = random.nextBoolean() ? random.nextInt(200) : 0;
            torn = Arrays.copyOf(torn, torn.length + reserve);
            var intact = intact(bytes, torn);
            Files.write(journal, torn);
            try (var ledger = Ledger.open(folder)) {
                assertThat(ledger.state())
                        .as("seed %d, cut at %d", seed, cut)
                        .isEqualTo(states.floorEntry(intact).getValue());
                if (cut % 50 == 0) {
                    ledger.halted(instanceId(99), new Generation(5));
                }
            }
            try (var ledger = Ledger.open(folder)) {
                assertThat(ledger.state().halted())
                        .as("seed %d, cut at %d, written after it", seed, cut)
                        .matches(halted -> cutNow % 50 != 0 || halted.containsKey(instanceId(99)));
            }
        }
    }

    /** The journal without its reserve. */
    private static byte[] lines(byte[] journal) {
        var end = journal.length;
        while (end > 0 && journal[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(journal, end);
    }

    /** How far {@code torn} is as it was written: beyond the cut, when the garbage begins with the byte that stood there. */
    private static long intact(byte[] written, byte[] torn) {
        var differs = Arrays.mismatch(written, torn);
        return differs < 0 ? written.length : differs;
    }

    private void act(Ledger ledger, int step) {
        switch (random.nextInt(6)) {
            case 0 -> ledger.record(new OperationResult(operationId(random.nextInt(3)), "b3V0", null, "now"));
            case 1 -> ledger.halted(instanceId(random.nextInt(3)), new Generation(1 + step));
            case 2 -> ledger.made(volumeId(random.nextInt(3)));
            case 3 ->
                ledger.settle(ledger.state().documents().values().stream()
                        .limit(2)
                        .map(d -> new Settlement(d.key(), d.generation()))
                        .toList());
            default -> ledger.accept(new DesiredBatch(1 + step, random.nextInt(4) == 0, documents()));
        }
    }

    private List<HostDocument> documents() {
        var documents = new ArrayList<HostDocument>();
        for (var i = random.nextInt(4); i > 0; i--) {
            var n = random.nextInt(3);
            var generation = 1 + random.nextInt(5);
            var presence = random.nextBoolean() ? Presence.PRESENT : Presence.ABSENT;
            documents.add(
                    switch (random.nextInt(3)) {
                        case 0 -> vpc(n, generation, presence);
                        case 1 -> volume(n, generation, presence);
                        default -> operation(n, n, generation, presence, InstanceVerb.REBOOT, "2026-11-21T00:00:00Z");
                    });
        }
        return documents;
    }
}
