package io.croft.controller.ebsapi;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.awsedge.Streamed;
import io.croft.controller.blockstorage.snapshot.SnapshotBlocks;
import io.croft.controller.blockstorage.snapshot.SnapshotBlocks.Part;
import io.croft.controller.blockstorage.snapshot.SnapshotBlocks.Span;
import io.croft.controller.blockstorage.snapshot.SnapshotUploads;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.ParameterHash;
import io.croft.types.ErrorCode;
import io.croft.types.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ebs.model.Block;
import software.amazon.awssdk.services.ebs.model.ChangedBlock;
import software.amazon.awssdk.services.ebs.model.CompleteSnapshotRequest;
import software.amazon.awssdk.services.ebs.model.CompleteSnapshotResponse;
import software.amazon.awssdk.services.ebs.model.GetSnapshotBlockRequest;
import software.amazon.awssdk.services.ebs.model.GetSnapshotBlockResponse;
import software.amazon.awssdk.services.ebs.model.ListChangedBlocksRequest;
import software.amazon.awssdk.services.ebs.model.ListChangedBlocksResponse;
import software.amazon.awssdk.services.ebs.model.ListSnapshotBlocksRequest;
import software.amazon.awssdk.services.ebs.model.ListSnapshotBlocksResponse;
import software.amazon.awssdk.services.ebs.model.PutSnapshotBlockRequest;
import software.amazon.awssdk.services.ebs.model.PutSnapshotBlockResponse;
import software.amazon.awssdk.services.ebs.model.StartSnapshotRequest;
import software.amazon.awssdk.services.ebs.model.StartSnapshotResponse;
import software.amazon.awssdk.services.ebs.model.Tag;

/** The actions on snapshots' blocks. */
@ActionGroup(service = EbsService.NAME)
class SnapshotBlockActions {
    private static final String SHA256 = "SHA256";
    private static final String LINEAR = "LINEAR";
    private static final int BLOCK = 524_288;
    private static final int LONGEST_TOKEN = 64;

    private final SnapshotUploads uploads;
    private final SnapshotBlocks blocks;

    SnapshotBlockActions(SnapshotUploads uploads, SnapshotBlocks blocks) {
        this.uploads = uploads;
        this.blocks = blocks;
    }

    @Action(
            supports = {
                "VolumeSize",
                "ParentSnapshotId",
                "Tags.Key",
                "Tags.Value",
                "Description",
                "ClientToken",
                "Timeout"
            },
            accepts = "Encrypted=false",
            keepsEmpty = "Tags.Value")
    StartSnapshotResponse startSnapshot(Caller caller, StartSnapshotRequest request) {
        var parent = request.parentSnapshotId();
        if (parent != null && request.encrypted() != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "ParentSnapshotId and Encrypted cannot be given in the same request.");
        }
        var wish = new SnapshotUploads.Wish(
                Given.value(request.volumeSize(), "VolumeSize"),
                parent == null ? null : new SnapshotId(parent),
                Objects.requireNonNullElse(request.description(), ""),
                request.timeout() == null ? SnapshotUploads.Wish.TIMEOUT : Duration.ofMinutes(request.timeout()),
                tags(request.tags()));
        var made = uploads.start(caller, wish, token(request.clientToken()));
        return StartSnapshotResponse.builder()
                .snapshotId(made.id().value())
                .ownerId(made.owner().value())
                .status(made.state().ec2Name())
                .startTime(made.started())
                .volumeSize((long) made.sizeGib())
                .blockSize(BLOCK)
                .description(made.description().isEmpty() ? null : made.description())
                .parentSnapshotId(parent)
                .tags(made.tags().entrySet().stream()
                        .map(t -> Tag.builder()
                                .key(t.getKey())
                                .value(t.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static Map<String, String> tags(List<Tag> sent) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : sent) {
            var value = Objects.requireNonNullElse(tag.value(), "");
            if (tags.put(Given.value(tag.key(), "Tags.Key"), value) != null) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "The tag key " + tag.key() + " is given more than once.");
            }
        }
        return tags;
    }

    /** EBS takes longer tokens than EC2 does: such a one counts by its digest. */
    private static @Nullable String token(@Nullable String sent) {
        var plain = sent == null
                || (sent.length() <= LONGEST_TOKEN
                        && StandardCharsets.US_ASCII.newEncoder().canEncode(sent));
        return plain ? sent : new ParameterHash().add(sent).hex();
    }

    @Action(
            supports = {
                "snapshotId",
                "blockIndex",
                "x-amz-Data-Length",
                "x-amz-Progress",
                "x-amz-Checksum",
                "x-amz-Checksum-Algorithm"
            })
    PutSnapshotBlockResponse putSnapshotBlock(Caller caller, PutSnapshotBlockRequest request, SdkBytes data) {
        var length = Given.value(request.dataLength(), "x-amz-Data-Length");
        if (length != BLOCK) {
            throw Given.invalid("x-amz-Data-Length", length.toString());
        }
        requireOnly(SHA256, Given.value(request.checksumAlgorithmAsString(), "x-amz-Checksum-Algorithm"));
        var checksum = Given.value(request.checksum(), "x-amz-Checksum");
        uploads.put(
                caller,
                id(request.snapshotId()),
                Given.value(request.blockIndex(), "blockIndex"),
                data.asByteArrayUnsafe(),
                checksum,
                request.progress());
        return PutSnapshotBlockResponse.builder()
                .checksum(checksum)
                .checksumAlgorithm(SHA256)
                .build();
    }

    @Action(
            supports = {
                "snapshotId",
                "x-amz-ChangedBlocksCount",
                "x-amz-Checksum",
                "x-amz-Checksum-Algorithm",
                "x-amz-Checksum-Aggregation-Method"
            })
    CompleteSnapshotResponse completeSnapshot(Caller caller, CompleteSnapshotRequest request) {
        if (request.checksumAlgorithm() != null) {
            requireOnly(SHA256, request.checksumAlgorithmAsString());
        }
        if (request.checksumAggregationMethod() != null) {
            requireOnly(LINEAR, request.checksumAggregationMethodAsString());
        }
        var count = Given.value(request.changedBlocksCount(), "x-amz-ChangedBlocksCount");
        var completed = uploads.complete(caller, id(request.snapshotId()), count, request.checksum());
        return CompleteSnapshotResponse.builder()
                .status(completed.state().ec2Name())
                .build();
    }

    private static void requireOnly(String known, String given) {
        if (!given.equals(known)) {
            throw Given.invalid("the checksum", given);
        }
    }

    @Action(supports = {"snapshotId", "pageToken", "maxResults", "startingBlockIndex"})
    ListSnapshotBlocksResponse listSnapshotBlocks(Caller caller, ListSnapshotBlocksRequest request) {
        var part = blocks.list(
                caller,
                id(request.snapshotId()),
                new Span(request.startingBlockIndex(), request.maxResults(), request.nextToken()));
        return ListSnapshotBlocksResponse.builder()
                .blocks(part.blocks().stream()
                        .map(b -> Block.builder()
                                .blockIndex(b.index())
                                .blockToken(b.second())
                                .build())
                        .toList())
                .expiryTime(part.expires())
                .volumeSize((long) part.sizeGib())
                .blockSize(BLOCK)
                .nextToken(part.next())
                .build();
    }

    @Action(supports = {"firstSnapshotId", "secondSnapshotId", "pageToken", "maxResults", "startingBlockIndex"})
    ListChangedBlocksResponse listChangedBlocks(Caller caller, ListChangedBlocksRequest request) {
        var first = request.firstSnapshotId();
        Part part = blocks.changed(
                caller,
                first == null ? null : new SnapshotId(first),
                id(request.secondSnapshotId()),
                new Span(request.startingBlockIndex(), request.maxResults(), request.nextToken()));
        return ListChangedBlocksResponse.builder()
                .changedBlocks(part.blocks().stream()
                        .map(b -> ChangedBlock.builder()
                                .blockIndex(b.index())
                                .firstBlockToken(b.first())
                                .secondBlockToken(b.second())
                                .build())
                        .toList())
                .expiryTime(part.expires())
                .volumeSize((long) part.sizeGib())
                .blockSize(BLOCK)
                .nextToken(part.next())
                .build();
    }

    @Action(supports = {"snapshotId", "blockIndex", "blockToken"})
    Streamed getSnapshotBlock(Caller caller, GetSnapshotBlockRequest request) {
        var data = blocks.read(
                caller,
                id(request.snapshotId()),
                Given.value(request.blockIndex(), "blockIndex"),
                Given.value(request.blockToken(), "blockToken"));
        var head = GetSnapshotBlockResponse.builder()
                .dataLength(data.length)
                .checksum(SnapshotBlocks.checksum(data))
                .checksumAlgorithm(SHA256)
                .build();
        return new Streamed(head, SdkBytes.fromByteArrayUnsafe(data));
    }

    private static SnapshotId id(@Nullable String id) {
        return new SnapshotId(Given.value(id, "snapshotId"));
    }
}
