package io.croft.controller.backup;

import io.croft.controller.context.StateDirectory;
import io.croft.controller.context.StatePreparation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The files of an archive on their way into the state directory: {@code loading/<id>/}, whole and durable before the rows are replaced. Those of a load that happened are put in place at the
 * next start, before anybody reads them, the others are dropped; run again after dying in between, it does the rest.
 */
@Component
class StagedFiles implements StatePreparation {
    private static final Logger LOG = LoggerFactory.getLogger(StagedFiles.class);
    private static final String FOLDER = "loading";

    private final ObjectProvider<JdbcClient> database;

    StagedFiles(ObjectProvider<JdbcClient> database) {
        this.database = database;
    }

    static void stage(StateDirectory directory, UUID load, Map<String, byte[]> files) {
        directory.directory(FOLDER);
        files.forEach((name, content) -> directory.replace(FOLDER + "/" + load + "/" + name, content));
    }

    /** Asks the database only when there is something to ask: it need not be up before the keys are read. */
    @Override
    public void prepare(StateDirectory directory) {
        var folder = directory.directory(FOLDER);
        for (var staged : children(folder)) {
            if (happened(staged.getFileName().toString())) {
                for (var file : files(staged)) {
                    directory.replace(staged.relativize(file).toString(), read(file));
                }
                LOG.atInfo().addKeyValue("load", staged.getFileName()).log("Keys of the loaded archive put in place");
            }
            remove(staged);
        }
    }

    private boolean happened(String load) {
        var jdbc = database.getObject();
        return jdbc.sql("SELECT EXISTS (SELECT FROM archive_load WHERE id::text = :id)")
                .param("id", load)
                .query(Boolean.class)
                .single();
    }

    private static Iterable<Path> children(Path folder) {
        try (var children = Files.list(folder)) {
            return children.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Iterable<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(f -> Files.isRegularFile(f) && !f.toString().endsWith(".new"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
