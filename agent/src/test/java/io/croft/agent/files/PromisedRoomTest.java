package io.croft.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromisedRoomTest {
    @TempDir
    private Path folder;

    @Test
    void onlyWhatIsNotWrittenYetIsPromised() throws IOException {
        var room = new PromisedRoom();
        var first = folder.resolve("first");
        var promise = room.to(PromisedRoom.rest(first, 10));
        try (var _ = room.to(PromisedRoom.rest(folder.resolve("second"), 100))) {
            assertThat(room.unwritten()).isEqualTo(110);
            Files.write(first, new byte[4]);
            assertThat(room.unwritten()).isEqualTo(106);
            Files.write(first, new byte[12]);
            assertThat(room.unwritten()).isEqualTo(100);
        }
        promise.close();
        assertThat(room.unwritten()).isZero();
    }
}
