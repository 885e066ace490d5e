package io.croft.agent.boot;

import io.croft.agent.files.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** The present start of the host, and whether the operator lets it do without the controller. */
public final class HostStart {
    private static final String MARK = "started";
    private static final String LEAVE = "start-alone";

    private final String id;
    private final Path leave;

    private HostStart(String id, Path leave) {
        this.id = id;
        this.leave = leave;
    }

    /** @param runDir what lives as long as the kernel's state, where the start's mark is made and the operator's leave is looked for */
    public static HostStart of(Path runDir, String bootId, RandomGenerator random) throws IOException {
        var mark = runDir.resolve(MARK);
        if (!Files.exists(mark)) {
            Durable.writeSecret(mark, Long.toHexString(random.nextLong()).getBytes(StandardCharsets.UTF_8));
        }
        return new HostStart(bootId + "/" + Files.readString(mark), runDir.resolve(LEAVE));
    }

    /** Another one at each start of the host, and the same for each agent in between: of the kernel's boot id, and of a mark since hosts in containers may share a kernel. */
    public String id() {
        return id;
    }

    /** The file by which somebody on the host lets it start its instances without the controller. */
    public Path leave() {
        return leave;
    }

    /** Whether that file is there. */
    public boolean isLeft() {
        return Files.exists(leave);
    }

    /** The controller has been heard: the leave is used up. */
    public void takeBack() throws IOException {
        Files.deleteIfExists(leave);
    }
}
