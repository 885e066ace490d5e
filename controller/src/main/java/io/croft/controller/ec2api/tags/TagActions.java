package io.croft.controller.ec2api.tags;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.tags.TagKey;
import io.croft.controller.tags.TagView;
import io.croft.controller.tags.Tags;
import io.croft.types.ErrorCode;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** The actions on tags, of resources of every type. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {@BadValue(of = "ResourceId", is = ErrorCode.INVALID_ID)})
class TagActions {
    private final Tags tags;

    TagActions(Tags tags) {
        this.tags = tags;
    }

    @Action(supports = {"ResourceId", "Tag.Key", "Tag.Value"})
    CreateTagsResponse createTags(Caller caller, CreateTagsRequest request) {
        var resources = Given.list(request.resources(), "ResourceId");
        tags.create(caller, resources, TagForm.read(Given.list(request.tags(), "Tag")));
        return CreateTagsResponse.builder().build();
    }

    /** Without tags, all that the resources have are deleted. */
    @Action(supports = {"ResourceId", "Tag.Key", "Tag.Value"})
    DeleteTagsResponse deleteTags(Caller caller, DeleteTagsRequest request) {
        var keys = request.tags().stream()
                .map(t -> new TagKey(Given.value(t.key(), "Tag.Key"), t.value()))
                .toList();
        tags.delete(caller, Given.list(request.resources(), "ResourceId"), keys);
        return DeleteTagsResponse.builder().build();
    }

    @Action(supports = {"Filter.*", "MaxResults", "NextToken"})
    DescribeTagsResponse describeTags(Caller caller, DescribeTagsRequest request) {
        var page = tags.describe(
                caller, Queries.of(List.of(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeTagsResponse.builder()
                .tags(page.items().stream().map(TagActions::description).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static TagDescription description(TagView tag) {
        return TagDescription.builder()
                .resourceId(tag.resourceId())
                .resourceType(tag.resourceType().tagName())
                .key(tag.key())
                .value(tag.value())
                .build();
    }
}
