package io.croft.controller.hostlink;

import io.croft.controller.blobstore.Blobs;
import io.croft.controller.fleet.Enrollment;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.EnrollRequest;
import io.croft.protocol.EnrollResponse;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.RenewRequest;
import io.croft.protocol.ReportReceipt;
import io.croft.types.Digest;
import io.croft.types.Era;
import io.croft.types.HostId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.json.JsonMapper;

/** What agents call; {@link AgentDoor} stands before it. */
@AgentRequests
class AgentEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(AgentEndpoints.class);

    private final Enrollment enrollment;
    private final DesiredStreams streams;
    private final ReportIntake intake;
    private final Blobs blobs;
    private final Recovery recovery;
    private final JsonMapper json;

    AgentEndpoints(
            Enrollment enrollment,
            DesiredStreams streams,
            ReportIntake intake,
            Blobs blobs,
            Recovery recovery,
            JsonMapper json) {
        this.enrollment = enrollment;
        this.streams = streams;
        this.intake = intake;
        this.blobs = blobs;
        this.recovery = recovery;
        this.json = json;
    }

    @PostMapping("/agent/v1/enroll")
    EnrollResponse enroll(@RequestBody EnrollRequest request) {
        var answer = enrollment.enroll(request);
        LOG.atInfo()
                .addKeyValue("host", request.host())
                .addKeyValue("name", request.name())
                .log("Host enrolled");
        return answer;
    }

    @PostMapping("/agent/v1/renew")
    EnrollResponse renew(@RequestAttribute(AgentDoor.HOST) HostId host, @RequestBody RenewRequest request) {
        return enrollment.renew(host, request);
    }

    @GetMapping("/agent/v1/desired")
    void desired(
            @RequestAttribute(AgentDoor.HOST) HostId host,
            @RequestParam long after,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "false") boolean refused,
            HttpServletResponse response)
            throws IOException {
        if (!Era.reaches(after)) {
            throw new IllegalArgumentException("no controller ever told revision " + after);
        }
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        response.flushBuffer();
        streams.serve(host, after, all, refused, response.getOutputStream());
    }

    @PostMapping("/agent/v1/observed")
    ReportReceipt observed(@RequestAttribute(AgentDoor.HOST) HostId host, @RequestBody ObservedReport report) {
        return intake.take(host, report);
    }

    /** What an agent has stored, for the merge after a restore; it says so again until the merge is done. */
    @PostMapping("/agent/v1/ledger")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void ledger(@RequestAttribute(AgentDoor.HOST) HostId host, @RequestBody LedgerReport ledger) {
        recovery.keepLedger(host, json.writeValueAsString(ledger));
    }

    /** Ranges are the framework's to answer. A blob whose file is lost is none: the agent then gives the launch up, and the doctor says what to do. */
    @GetMapping("/agent/v1/blobs/{sha256}")
    ResponseEntity<Resource> blob(@PathVariable String sha256) {
        return blobs.find(new Digest(sha256))
                .filter(b -> Files.isRegularFile(b.file()))
                .map(b -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .<Resource>body(new FileSystemResource(b.file())))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
