package io.croft.controller.context;

import java.util.List;
import java.util.Map;

/** What a module keeps outside the database that its rows are worth nothing without, and what an older copy of its rows must not bring back. */
public interface BackupPart {
    /** The files, by their names in the state directory. */
    List<String> files();

    /**
     * Looks whether archived files are whole and belong to the archived rows. Changes nothing.
     *
     * @param files the archive's, by name; what {@link #files} names and is not here is missing
     * @param schema where the archive's rows are, with every migration applied
     */
    List<Finding> examine(Map<String, byte[]> files, String schema);

    /**
     * Takes back in the archive's rows what the running database has taken back since, in the transaction that replaces the one by the other. Called only when both are of the same
     * deployment.
     *
     * @param schema where the archive's rows are
     * @return what was taken back, a sentence each
     */
    List<String> revoke(String schema);
}
