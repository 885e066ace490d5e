package io.croft.controller.compute;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The account's launch templates. Each has numbered versions that never change, the latest of which is {@code $Latest}, and one of which is {@code $Default}.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html">Launch templates</a>
 */
public interface LaunchTemplates {
    /**
     * Makes a template with its first version.
     *
     * @param name 3 to 128 letters, digits and any of {@code ().-/_}, unique in the account
     * @throws io.croft.controller.context.CloudException InvalidLaunchTemplateName.MalformedException, InvalidLaunchTemplateName.AlreadyExistsException,
     *     IdempotentParameterMismatch, and whatever a launch with these parameters is refused with before it looks at what they name
     */
    LaunchTemplateView create(
            Caller caller,
            String name,
            NewLaunchTemplateVersion first,
            Map<String, String> tags,
            @Nullable String clientToken);

    /**
     * Adds a version.
     *
     * @param source the version that has what the new one does not say; null for none
     * @throws io.croft.controller.context.CloudException as {@link #create}, and the NotFounds of the template and the source
     */
    LaunchTemplateVersionView createVersion(
            Caller caller,
            LaunchTemplateReference template,
            @Nullable String source,
            NewLaunchTemplateVersion version,
            @Nullable String clientToken);

    /**
     * Lists templates. Filters: {@code create-time}, {@code launch-template-name} and the tags'.
     *
     * @param names templates given by name; each must exist
     * @throws io.croft.controller.context.CloudException InvalidLaunchTemplateName.NotFoundException
     */
    Page<LaunchTemplateView> describe(Caller caller, Query query, List<String> names);

    /**
     * Lists versions, a template's newest first. Filters: {@code create-time}, {@code ebs-optimized}, {@code http-endpoint}, {@code http-tokens},
     * {@code image-id}, {@code instance-type}, {@code is-default-version}.
     *
     * @throws io.croft.controller.context.CloudException InvalidLaunchTemplateId.VersionNotFound for a number that is not there
     */
    Page<LaunchTemplateVersionView> describeVersions(Caller caller, LaunchTemplateVersions which, Query query);

    /** Makes a version the default. */
    LaunchTemplateView setDefault(
            Caller caller, LaunchTemplateReference template, String version, @Nullable String clientToken);

    /**
     * Makes a version the default, if the template is as the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold; else as the other
     */
    LaunchTemplateView setDefault(
            Caller caller, LaunchTemplateReference template, String version, Predicate<LaunchTemplateView> expected);

    /** Deletes a template with all of its versions; what was launched from it stays. */
    LaunchTemplateView delete(Caller caller, LaunchTemplateReference template);

    /** Deletes versions, each for itself. */
    List<DeletedLaunchTemplateVersion> deleteVersions(
            Caller caller, LaunchTemplateReference template, List<String> versions);
}
