package io.croft.controller.blockstorage.snapshot.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the store's objects are: a directory, or a bucket. An object is there whole or not at all, and for good once {@link #put} has returned. Names are relative paths with slashes.
 */
public interface ObjectStore {
    /**
     * Puts the file's bytes under a name, over what is there. The file is the store's then.
     *
     * @param whole on the controller's own disk, made durable
     */
    void put(String name, Path whole) throws IOException;

    /**
     * Part of an object.
     *
     * @throws java.nio.file.NoSuchFileException when it is not there
     * @throws java.io.EOFException when it ends earlier
     */
    byte[] read(String name, long offset, int length) throws IOException;

    /**
     * The whole of an object.
     *
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    byte[] read(String name) throws IOException;

    /**
     * An object's size in bytes.
     *
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    long size(String name) throws IOException;

    /** The names below a folder, one step, in order: of objects, or of folders. None when there is no such folder. */
    List<String> list(String folder) throws IOException;

    /** Removes an object, for good once it has returned; one that is not there already is no error. */
    void remove(String name) throws IOException;
}
