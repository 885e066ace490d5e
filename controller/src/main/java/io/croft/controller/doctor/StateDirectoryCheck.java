package io.croft.controller.doctor;

import io.croft.controller.context.CroftProperties;
import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Looks at the state directory: whether others may read the secrets in it, and whether it has room for blobs. */
@Component
@Order(1)
class StateDirectoryCheck implements SelfCheck {
    private static final List<String> SECRETS = List.of("master.key", "operator.token", "ca/ca.key", "ca/server.pem");
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path root;

    StateDirectoryCheck(CroftProperties properties) {
        this.root = properties.stateDir();
    }

    @Override
    public List<Finding> look() {
        try {
            var findings = new ArrayList<Finding>();
            for (var secret : SECRETS) {
                findings.add(secret(root.resolve(secret)));
            }
            var store = Files.getFileStore(root);
            findings.add(DiskSpace.judge(
                    "blob disk",
                    store.getUsableSpace(),
                    store.getTotalSpace(),
                    "Give " + root + " more room: without any, no image can be imported"));
            return findings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Finding secret(Path file) throws IOException {
        var check = "secret " + root.relativize(file);
        if (!Files.exists(file)) {
            return Finding.fail(check, "missing", "Put it back from a backup before the controller starts again");
        }
        return OWNERS.containsAll(Files.getPosixFilePermissions(file))
                ? Finding.ok(check, "its owner's alone")
                : Finding.fail(check, "others may use it", "chmod 600 " + file);
    }
}
