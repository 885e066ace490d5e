package io.croft.controller.compute.launchtemplate;

import static java.util.stream.Collectors.joining;

import io.croft.controller.compute.launchspec.LaunchRules;
import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.compute.launchtemplate.LaunchTemplateTable.Row;
import io.croft.controller.compute.launchtemplate.LaunchTemplateVersionNumber.Default;
import io.croft.controller.compute.launchtemplate.LaunchTemplateVersionNumber.Exactly;
import io.croft.controller.compute.launchtemplate.LaunchTemplateVersionNumber.Latest;
import io.croft.controller.context.Caller;
import io.croft.controller.context.ClientTokens;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Page;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.context.Query;
import io.croft.controller.context.XmlCharacters;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.controller.identity.Accounts;
import io.croft.controller.identity.Users;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.LaunchTemplateId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The account's launch templates. Each has numbered versions that never change, the latest of which is {@code $Latest}, and one of which is {@code $Default}.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html">Launch templates</a>
 */
@Component
public class LaunchTemplates implements AccountHoldings {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9().\\-/_]{3,128}");
    private static final int LONGEST_DESCRIPTION = 255;
    private static final String DEFAULT = "$Default";

    private final LaunchTemplateTable table;
    private final Accounts accounts;
    private final LaunchTemplateListing listing;
    private final ClientTokens tokens;
    private final Tags tags;
    private final Users users;
    private final Clock clock;
    private final RandomGenerator random;

    LaunchTemplates(
            LaunchTemplateTable table,
            Accounts accounts,
            LaunchTemplateListing listing,
            ClientTokens tokens,
            Tags tags,
            Users users,
            Clock clock,
            RandomGenerator random) {
        this.table = table;
        this.accounts = accounts;
        this.listing = listing;
        this.tokens = tokens;
        this.tags = tags;
        this.users = users;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes a template with its first version.
     *
     * @param name 3 to 128 letters, digits and any of {@code ().-/_}, unique in the account
     * @throws io.croft.controller.context.CloudException InvalidLaunchTemplateName.MalformedException, InvalidLaunchTemplateName.AlreadyExistsException,
     *     IdempotentParameterMismatch, and whatever a launch with these parameters is refused with before it looks at what they name
     */
    @Transactional
    public LaunchTemplateView create(
            Caller caller,
            String name,
            NewLaunchTemplateVersion first,
            Map<String, String> templateTags,
            @Nullable String clientToken) {
        var asked = new ParameterHash()
                .add(name)
                .add(first.description())
                .add(table.text(first.data()))
                .addMap(templateTags);
        return tokens.once(
                new ClientTokens.Use(caller, "CreateLaunchTemplate", clientToken, asked.hex()),
                () -> create(caller, name, first, templateTags),
                made -> List.of(made.id().value()),
                made -> listing.view(require(caller, byId(made.getFirst())).id()));
    }

    private LaunchTemplateView create(
            Caller caller, String name, NewLaunchTemplateVersion first, Map<String, String> templateTags) {
        if (!NAME.matcher(name).matches()) {
            throw new CloudException(
                    ErrorCode.LAUNCH_TEMPLATE_NAME_MALFORMED,
                    "A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _.");
        }
        check(first);
        accounts.requireActive(caller.account());
        var id = LaunchTemplateId.random(random);
        var creator = users.arn(caller);
        if (!table.insert(id, caller.account(), name, now(), creator)) {
            throw new CloudException(ErrorCode.LAUNCH_TEMPLATE_NAME_DUPLICATE, "Launch template name already in use.");
        }
        table.insertVersion(id, first.description(), now(), creator, first.data());
        tags.attach(caller.account(), Map.of(id.value(), templateTags));
        return listing.view(id);
    }

    /**
     * Adds a version.
     *
     * @param source the version that has what the new one does not say; null for none
     * @throws io.croft.controller.context.CloudException as {@link #create}, and the NotFounds of the template and the source
     */
    @Transactional
    public LaunchTemplateVersionView createVersion(
            Caller caller,
            LaunchTemplateReference template,
            @Nullable String source,
            NewLaunchTemplateVersion version,
            @Nullable String clientToken) {
        var asked = new ParameterHash()
                .add(template)
                .add(source)
                .add(version.description())
                .add(table.text(version.data()));
        return tokens.once(
                new ClientTokens.Use(caller, "CreateLaunchTemplateVersion", clientToken, asked.hex()),
                () -> createVersion(caller, template, source, version),
                made -> List.of(made.template().value(), Long.toString(made.version())),
                made -> require(caller, byId(made.getFirst()), made.getLast()));
    }

    private LaunchTemplateVersionView createVersion(
            Caller caller,
            LaunchTemplateReference template,
            @Nullable String source,
            NewLaunchTemplateVersion version) {
        var row = lock(caller, template);
        var data = source == null
                ? version.data()
                : version.data().over(version(row, source).data());
        check(new NewLaunchTemplateVersion(version.description(), data));
        var number = table.insertVersion(row.id(), version.description(), now(), users.arn(caller), data);
        return version(row, Long.toString(number));
    }

    private void check(NewLaunchTemplateVersion version) {
        var description = version.description();
        if (description != null) {
            XmlCharacters.require("VersionDescription", description);
        }
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "VersionDescription has at most " + LONGEST_DESCRIPTION + " characters");
        }
        LaunchRules.check(version.data());
    }

    /**
     * Lists templates. Filters: {@code create-time}, {@code launch-template-name} and the tags'.
     *
     * @param names templates given by name; each must exist
     * @throws io.croft.controller.context.CloudException InvalidLaunchTemplateName.NotFoundException
     */
    @Transactional(readOnly = true)
    public Page<LaunchTemplateView> describe(Caller caller, Query query, List<String> names) {
        return listing.templates(
                caller,
                query.andNamed(
                        names,
                        name -> require(caller, new LaunchTemplateReference.ByName(name))
                                .id()
                                .value()));
    }

    /**
     * Lists versions, a template's newest first. Filters: {@code create-time}, {@code ebs-optimized}, {@code http-endpoint}, {@code http-tokens},
     * {@code image-id}, {@code instance-type}, {@code is-default-version}.
     *
     * @throws io.croft.controller.context.CloudException InvalidLaunchTemplateId.VersionNotFound for a number that is not there
     */
    @Transactional(readOnly = true)
    public Page<LaunchTemplateVersionView> describeVersions(Caller caller, LaunchTemplateVersions which, Query query) {
        var numbers = which.versions().stream()
                .map(LaunchTemplateVersionNumber::parse)
                .toList();
        var conditions = new ArrayList<String>();
        var template = which.template();
        if (template == null) {
            requireNoNumbers(which, numbers);
        } else {
            var row = require(caller, template);
            which.versions().forEach(v -> version(row, v));
            conditions.add(LaunchTemplateListing.of(row.id()));
        }
        if (!numbers.isEmpty()) {
            conditions.add(
                    numbers.stream().map(LaunchTemplates::condition).distinct().collect(joining(" OR ", "(", ")")));
        }
        conditions.add(LaunchTemplateListing.between(
                Objects.requireNonNullElse(which.least(), 0L),
                Objects.requireNonNullElse(which.most(), Long.MAX_VALUE)));
        return listing.versions(caller, String.join(" AND ", conditions), query);
    }

    private static void requireNoNumbers(LaunchTemplateVersions which, List<LaunchTemplateVersionNumber> numbers) {
        if (which.least() != null || which.most() != null || numbers.isEmpty()) {
            throw new CloudException(
                    ErrorCode.MISSING_PARAMETER,
                    "The request must contain the parameter LaunchTemplateId or LaunchTemplateName, or the versions $Latest or $Default");
        }
        if (numbers.stream().anyMatch(Exactly.class::isInstance)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Without a launch template only the versions $Latest and $Default can be asked for");
        }
    }

    private static String condition(LaunchTemplateVersionNumber number) {
        return switch (number) {
            case Exactly(var version) -> LaunchTemplateListing.number(version);
            case Latest() -> LaunchTemplateListing.latest();
            case Default() -> LaunchTemplateListing.preset();
        };
    }

    /** Makes a version the default. */
    @Transactional
    public LaunchTemplateView setDefault(
            Caller caller, LaunchTemplateReference template, String version, @Nullable String clientToken) {
        var asked = new ParameterHash().add(template).add(version);
        return tokens.once(
                new ClientTokens.Use(caller, "ModifyLaunchTemplate", clientToken, asked.hex()),
                () -> setDefault(caller, template, version),
                changed -> List.of(changed.id().value()),
                changed ->
                        listing.view(require(caller, byId(changed.getFirst())).id()));
    }

    /**
     * Makes a version the default, if the template is as the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold; else as the other
     */
    @Transactional
    public LaunchTemplateView setDefault(
            Caller caller, LaunchTemplateReference template, String version, Predicate<LaunchTemplateView> expected) {
        var row = lock(caller, template);
        if (!expected.test(listing.view(row.id()))) {
            throw new CloudException(
                    ErrorCode.PRECONDITION_FAILED, "The launch template '" + row.id() + "' has changed meanwhile.");
        }
        return setDefault(caller, template, version);
    }

    private LaunchTemplateView setDefault(Caller caller, LaunchTemplateReference template, String version) {
        var row = lock(caller, template);
        table.setDefault(row.id(), version(row, version).version());
        return listing.view(row.id());
    }

    /** Deletes a template with all of its versions; what was launched from it stays. */
    @Transactional
    public LaunchTemplateView delete(Caller caller, LaunchTemplateReference template) {
        var row = lock(caller, template);
        var view = listing.view(row.id());
        delete(row);
        return view;
    }

    private void delete(Row row) {
        table.delete(row.id());
        tags.drop(List.of(row.id().value()));
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return table.of(account).stream()
                .map(t -> new AccountHolding("launch-template", t.id().value(), t.name()))
                .toList();
    }

    @Override
    @Transactional
    public void endHoldings(AccountId account) {
        table.of(account).forEach(this::delete);
    }

    /** Deletes versions, each for itself. */
    @Transactional
    public List<DeletedLaunchTemplateVersion> deleteVersions(
            Caller caller, LaunchTemplateReference template, List<String> versions) {
        var row = lock(caller, template);
        return versions.stream()
                .map(v -> number(row, v))
                .distinct()
                .map(n -> new DeletedLaunchTemplateVersion(row.id(), row.name(), n, delete(row, n)))
                .toList();
    }

    private DeletedLaunchTemplateVersion.Outcome delete(Row template, long version) {
        if (version == template.defaultVersion()) {
            return DeletedLaunchTemplateVersion.Outcome.IS_DEFAULT;
        }
        return table.deleteVersion(template.id(), version)
                ? DeletedLaunchTemplateVersion.Outcome.DELETED
                : DeletedLaunchTemplateVersion.Outcome.NOT_FOUND;
    }

    /**
     * The version that a launch is made from.
     *
     * @param version null for the default one
     * @throws CloudException the NotFounds of the template and the version
     */
    public LaunchTemplateVersionView require(
            Caller caller, LaunchTemplateReference template, @Nullable String version) {
        return version(require(caller, template), Objects.requireNonNullElse(version, DEFAULT));
    }

    /** A spec as text; the same for equal ones. */
    public String text(LaunchSpec spec) {
        return table.text(spec);
    }

    private LaunchTemplateVersionView version(Row template, String text) {
        var number = number(template, text);
        return table.version(template.id(), number)
                .map(v -> LaunchTemplateListing.view(template, v))
                .orElseThrow(() -> CloudException.missing(
                        ErrorCode.LAUNCH_TEMPLATE_VERSION_NOT_FOUND,
                        "Could not find the specified version " + number + " for the launch template with ID "
                                + template.id() + ".",
                        List.of(text)));
    }

    private static long number(Row template, String text) {
        return switch (LaunchTemplateVersionNumber.parse(text)) {
            case Exactly(var version) -> version;
            case Latest() -> template.latestVersion();
            case Default() -> template.defaultVersion();
        };
    }

    private Row require(Caller caller, LaunchTemplateReference template) {
        return table.find(caller.account(), template).orElseThrow(() -> notFound(template));
    }

    private Row lock(Caller caller, LaunchTemplateReference template) {
        return table.lock(caller.account(), template).orElseThrow(() -> notFound(template));
    }

    private static LaunchTemplateReference byId(String id) {
        return new LaunchTemplateReference.ById(new LaunchTemplateId(id));
    }

    private static CloudException notFound(LaunchTemplateReference template) {
        return switch (template) {
            case LaunchTemplateReference.ById(var id) ->
                new CloudException(
                        ErrorCode.LAUNCH_TEMPLATE_NOT_FOUND,
                        "The specified launch template, with template ID " + id + ", does not exist.");
            case LaunchTemplateReference.ByName(var name) ->
                new CloudException(
                        ErrorCode.LAUNCH_TEMPLATE_NAME_NOT_FOUND,
                        "The specified launch template, with template name " + name + ", does not exist.");
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
