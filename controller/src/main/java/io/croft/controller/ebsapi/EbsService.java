package io.croft.controller.ebsapi;

import static java.util.Map.entry;

import io.croft.controller.awsedge.AwsService;
import io.croft.controller.awsedge.AwsService.ErrorName;
import io.croft.controller.awsedge.restjson.Operation;
import io.croft.controller.awsedge.restjson.RestJsonProtocol;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * EBS direct as a service of the AWS edges.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/APIReference/Welcome.html">EBS direct APIs</a>
 */
@Configuration(proxyBeanMethods = false)
class EbsService {
    static final String NAME = "ebs";

    private static final List<Operation> OPERATIONS = List.of(
            new Operation("StartSnapshot", "POST", "/snapshots", 201, false),
            new Operation("PutSnapshotBlock", "PUT", "/snapshots/{snapshotId}/blocks/{blockIndex}", 201, true),
            new Operation("CompleteSnapshot", "POST", "/snapshots/completion/{snapshotId}", 202, false),
            new Operation("ListSnapshotBlocks", "GET", "/snapshots/{snapshotId}/blocks", 200, false),
            new Operation("ListChangedBlocks", "GET", "/snapshots/{secondSnapshotId}/changedblocks", 200, false),
            new Operation("GetSnapshotBlock", "GET", "/snapshots/{snapshotId}/blocks/{blockIndex}", 200, false));

    private static final Map<ErrorCode, ErrorName> ERRORS = Map.ofEntries(
            entry(ErrorCode.SNAPSHOT_NOT_FOUND, new ErrorName(404, "ResourceNotFoundException", "SNAPSHOT_NOT_FOUND")),
            entry(ErrorCode.SNAPSHOT_ID_MALFORMED, validation("INVALID_SNAPSHOT_ID")),
            entry(ErrorCode.INCORRECT_STATE, validation("INVALID_SNAPSHOT_ID")),
            entry(ErrorCode.SNAPSHOTS_UNRELATED, validation("UNRELATED_SNAPSHOTS")),
            entry(ErrorCode.SNAPSHOT_SIZE, validation("INVALID_VOLUME_SIZE")),
            entry(ErrorCode.BLOCK_INVALID, validation("INVALID_BLOCK")),
            entry(ErrorCode.BLOCK_TOKEN_INVALID, validation("INVALID_BLOCK_TOKEN")),
            entry(ErrorCode.BLOCK_WRITE_TIMEOUT, validation("WRITE_REQUEST_TIMEOUT")),
            entry(ErrorCode.INVALID_PAGINATION_TOKEN, validation("INVALID_PAGE_TOKEN")),
            entry(ErrorCode.TAG_LIMIT_EXCEEDED, validation("INVALID_TAG")),
            entry(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH, new ErrorName(409, "ConflictException")));

    private static ErrorName validation(String reason) {
        return new ErrorName(400, "ValidationException", reason);
    }

    @Bean
    AwsService ebs() {
        return new AwsService(NAME, new RestJsonProtocol(OPERATIONS), "", Set.of(), true, ERRORS, Map.of());
    }
}
