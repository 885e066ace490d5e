package io.croft.controller.blobstore;

import io.croft.types.Digest;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "blob")
class BlobEntity {
    @Id
    private String digest;

    private long size;

    @SuppressWarnings("NullAway.Init")
    protected BlobEntity() {}

    Blob in(BlobDirectory directory) {
        var name = new Digest(digest);
        return new Blob(name, size, directory.file(name));
    }
}
