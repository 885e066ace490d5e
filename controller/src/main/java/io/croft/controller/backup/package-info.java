/**
 * Archives of the whole controller: how one is taken while it works, tried, and put in its place again.
 *
 * <p>Owns the tables {@code backup_kept} and {@code archive_load}, the schema {@code croft_scratch} while an archive is being read, and {@code loading/} in the state directory.
 *
 * <p>An archive is one snapshot of every table (a single repeatable-read transaction, COPY), the files that {@link io.croft.controller.context.BackupPart}s name, and the settings; the
 * bytes of blobs stay apart, by digest. The schema is known by its migrations: an archive is read into a scratch schema at its own version and migrated there, so an older one is
 * brought up to date and a newer one refused before anything is touched. Its rows then replace the tables' in one transaction. The files cannot be part of it: they are
 * made durable under {@code loading/<id>} first, the transaction writes the id, and whoever starts next moves those of a load that happened into place and drops the others. So a controller that
 * dies at any moment comes up as it was before or as the archive has it. After a load the process ends: every key and row that it has in memory is another database's.
 *
 * <p>What was recorded since stays: the audit trail and the history are joined, not replaced. What was revoked since stays revoked.
 */
@ApplicationModule(allowedDependencies = {"context", "blobstore", "recovery"})
@NullMarked
package io.croft.controller.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
