package io.croft.controller.adminapi.backup;

import io.croft.controller.adminapi.doctor.DoctorEndpoint;
import io.croft.controller.backup.Backups;
import io.croft.controller.blobstore.Blobs;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.rest.BlobResource;
import io.croft.rest.HealthFinding;
import io.croft.rest.Items;
import io.croft.rest.backup.ArchiveLoad;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Archives of the controller and the blobs that belong to them. An archive holds every key there is, so it goes over TLS or to this machine only. */
@RestController
@RequestMapping("/admin/v1")
class BackupEndpoint {
    private final Backups backups;
    private final Blobs blobs;

    BackupEndpoint(Backups backups, Blobs blobs) {
        this.backups = backups;
        this.blobs = blobs;
    }

    /** Takes an archive and sends it, not encrypted: a ZIP file that ends with {@code end.json}, or was cut short. */
    @PostMapping(path = "/backups", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    void take(ServletWebRequest request, HttpServletResponse response) {
        requireConfidential(request.getRequest());
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        try {
            backups.write(response.getOutputStream());
        } catch (IOException e) {
            throw new CloudException(ErrorCode.UNAVAILABLE, "The archive broke off.", "", e);
        }
    }

    /** Notes that the archive of that moment was read again and is kept: only now it counts as a backup. */
    @PutMapping("/backups/{taken}")
    void keep(Caller operator, @PathVariable String taken) {
        try {
            backups.kept(operator, Instant.parse(taken));
        } catch (DateTimeParseException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "'" + taken + "' is not a moment in ISO-8601, in UTC.", "", e);
        }
    }

    /** Reads an archive into a scratch schema and says what it is worth; nothing of it stays. */
    @PostMapping("/backups/verification")
    Items<HealthFinding> verify(HttpServletRequest request) {
        requireConfidential(request);
        return new Items<>(DoctorEndpoint.resources(whole(request, backups::verify)));
    }

    /** Puts an archive in the place of the database and the keys. The controller starts anew with it and compares it with its hosts. */
    @PostMapping("/restore/archive")
    ArchiveLoad load(Caller operator, HttpServletRequest request) {
        requireConfidential(request);
        var loaded = whole(request, archive -> backups.load(operator, archive));
        return new ArchiveLoad(loaded.taken().toString(), DoctorEndpoint.resources(loaded.findings()));
    }

    /** The digests of all bytes that the controller has, also of blobs that no account has any more. */
    @GetMapping("/backups/blobs")
    Items<String> blobs() {
        return new Items<>(
                blobs.onDisk().stream().map(Digest::toString).sorted().toList());
    }

    /** Sends a blob's bytes. */
    @GetMapping(path = "/backups/blobs/{hex}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    void download(@PathVariable String hex, ServletWebRequest request, HttpServletResponse response) {
        requireConfidential(request.getRequest());
        var blob = blobs.find(new Digest(hex))
                .filter(b -> Files.exists(b.file()))
                .orElseThrow(
                        () -> new CloudException(ErrorCode.NOT_FOUND, "There are no bytes of the blob " + hex + "."));
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLengthLong(blob.size());
        try {
            Files.copy(blob.file(), response.getOutputStream());
        } catch (IOException e) {
            throw new CloudException(ErrorCode.UNAVAILABLE, "The blob broke off.", hex, e);
        }
    }

    /** Takes in a blob's bytes again as they stream in; the digest in the path must be their own. Accounts know a blob by the database. */
    @PutMapping("/backups/blobs/{hex}")
    BlobResource upload(@PathVariable String hex, HttpServletRequest request) {
        requireConfidential(request);
        var digest = new Digest(hex);
        try (var in = request.getInputStream()) {
            return new BlobResource(digest.toString(), blobs.keep(digest, in));
        } catch (IOException e) {
            throw new CloudException(ErrorCode.UNAVAILABLE, "The upload broke off.", hex, e);
        }
    }

    /** Takes all of the body whatever becomes of it: a client writes before it reads, and would not see a refusal that closed the connection on it. */
    private static <T> T whole(HttpServletRequest request, Function<InputStream, T> use) {
        try (var body = request.getInputStream()) {
            try {
                return use.apply(body);
            } finally {
                body.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw new CloudException(ErrorCode.UNAVAILABLE, "The upload broke off.", "", e);
        }
    }

    private static void requireConfidential(HttpServletRequest request) {
        if (!request.isSecure() && !isLoopback(request.getRemoteAddr())) {
            throw new CloudException(
                    ErrorCode.UNAUTHORIZED_OPERATION,
                    "An archive holds the deployment's keys: ask for it over https, or on the controller's own"
                            + " machine.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("no address: " + address, e);
        }
    }
}
