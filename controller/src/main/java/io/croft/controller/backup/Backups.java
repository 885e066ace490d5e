package io.croft.controller.backup;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/** Archives of the database, the authority, the master key and the settings. */
public interface Backups {
    /**
     * Writes an archive of this moment. It is not encrypted: whoever receives it has to.
     *
     * @throws IOException when {@code out} does not take it; what was written has no end then
     * @throws io.croft.controller.context.CloudException Conflict while an archive is being read, Unavailable when the database does not answer
     */
    void write(OutputStream out) throws IOException;

    /**
     * Notes that an archive of this controller was read again and is durable: only now it counts as a backup. Told again, nothing changes.
     *
     * @param taken the archive's own moment
     * @throws io.croft.controller.context.CloudException InvalidParameterValue when that is yet to come
     */
    void kept(Caller caller, Instant taken);

    /**
     * Reads an archive into a scratch schema, examines it there and drops the schema.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue when it is damaged, cut short or of a newer controller, Conflict while another is being taken or read
     */
    List<Finding> verify(InputStream archive);

    /**
     * Puts an archive in the place of the database and of the keys, all or nothing, and ends the process so that it starts anew with them.
     *
     * @throws io.croft.controller.context.CloudException as {@link #verify}, InvalidParameterValue too when an examination fails. Nothing has changed then; when the rows cannot be replaced after all, the controller reconciles with the database that it has
     */
    Loaded load(Caller caller, InputStream archive);

    /**
     * A load that happened.
     *
     * @param taken when the archive was taken
     */
    record Loaded(Instant taken, List<Finding> findings) {
        public Loaded {
            findings = List.copyOf(findings);
        }
    }
}
