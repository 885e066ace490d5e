package io.croft.controller.restapi;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.rest.Problem;
import io.croft.rest.tenant.compute.instance.NewInstances;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplateData;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;

/** What the code says in its own way and the library cannot read: the proved caller, a listing's query, dry runs, entity tags, and which fields are required. */
@TestConfiguration(proxyBeanMethods = false)
class OpenApiDescription {
    private static final SourceDocs DOCS = SourceDocs.read(
            Path.of("..", "api", "rest", "src", "main", "java"),
            Path.of("src", "main", "java", "io", "croft", "controller", "restapi"),
            Path.of("src", "main", "java", "io", "croft", "controller", "adminapi"));
    private static final Pattern OWNER = Pattern.compile("/([a-z-]+)/\\{id}");
    private static final Words WORDS = Words.read();

    /** What the API as a whole does, which no single call says. */
    private static final String OVERVIEW = """
            The tenants' API under `/v1` and the operator's under `/admin/v1`. `x-roles` says whose tokens and keys may make a call; a reader or an admin acts in the own account alone.

            A request bears a token, or is signed with an access key (AWS Signature Version 4 for the service `croft` or `ec2`). Nothing that is sent is passed over: an unknown parameter, filter, \
            field or header of meaning is refused by name.

            A listing has 100 resources at first; `limit` asks for 5 to 1000, and `cursor` with the last answer's `nextCursor` for those that follow. Each of its other parameters is a filter.

            A resource's `ETag` goes into `If-Match` of a PATCH or PUT, which changes it only if it is still so (else 412; 428 without the header), and into `If-None-Match` of a GET.

            What makes something takes an `Idempotency-Key`: the same key with the same request finds what was made. `dryRun=true` checks all and changes nothing.

            What takes a while answers 202 with an operation, to be polled at its `Location`.

            Every refusal is a problem document (RFC 9457) whose `code` is for programs. 404 says that what the path names is not there, and 400 that what the body names is not. `X-Croft-Request-Id` finds the request in the log and the audit trail. Moments are ISO-8601 in UTC.
            """;

    private static final Map<String, String> HEADERS = Map.of(
            "If-Match", "The ETag that the resource must still have; `*` for any.",
            "Idempotency-Key",
                    "1 to 64 characters of the client's: the same key with the same request finds what was made.");

    /** The nouns that were met, with what their classes of routes say of them. */
    private static final Map<String, String> TAGS = new ConcurrentSkipListMap<>();

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Query.class);
    }

    @Bean
    GlobalOpenApiCustomizer document() {
        return api -> {
            ModelConverters.getInstance(true).readAll(Problem.class).forEach(api.getComponents()::addSchemas);
            api.info(new Info().title("Croft").version("1").description(OVERVIEW))
                    .servers(List.of(new Server().url("/")))
                    .addSecurityItem(new SecurityRequirement().addList("bearer"))
                    .addSecurityItem(new SecurityRequirement().addList("signature"));
            api.getComponents().addSecuritySchemes("bearer", token()).addSecuritySchemes("signature", signature());
            require(api.getComponents());
            OpenApiProblems.describe(api);
            var roles = RolesTable.read();
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                        operation.setSummary(OpenApiSummary.of(method, path));
                        identify(path, operation);
                        operation.addExtension("x-roles", roles.whoMay(method + " " + path));
                    }));
            api.setTags(TAGS.entrySet().stream()
                    .map(t -> new Tag().name(t.getKey()).description(t.getValue()))
                    .toList());
        };
    }

    private static SecurityScheme token() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("A token of a user.");
    }

    /** As others describe it too: the specification has no word for it. */
    private static SecurityScheme signature() {
        var scheme = new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("Authorization")
                .description("A user's access key: AWS Signature Version 4 for the service croft or ec2.");
        scheme.addExtension("x-amazon-apigateway-authtype", "awsSigv4");
        return scheme;
    }

    @Bean
    GlobalOperationCustomizer operation() {
        return (operation, handler) -> {
            name(operation, handler);
            if (takes(handler, Query.class)) {
                listing(operation);
            }
            if (isTenants(handler) && handler.hasMethodAnnotation(GetMapping.class)) {
                tagged(operation);
            } else if (isTenants(handler)) {
                operation.addParametersItem(query("dryRun", new Schema<>().types(Set.of("boolean")))
                        .description("Checks all and changes nothing; 204 when it would have worked."));
                operation.getResponses().putIfAbsent("204", new ApiResponse().description("No Content"));
            }
            describe(operation, handler.getMethod());
            located(operation);
            return operation;
        };
    }

    /** A path's {@code id} is that of the noun before it. */
    private static void identify(String path, Operation operation) {
        var before = OWNER.matcher(path);
        if (before.find()) {
            var noun = before.group(1).replaceFirst("s$", "");
            operation.getParameters().stream()
                    .filter(p -> p.getName().equals("id"))
                    .forEach(p -> {
                        p.setDescription("The " + noun.replace('-', ' ').replace("vpc", "VPC") + "'s id.");
                        WORDS.example(camel(noun) + "Id", p.getSchema()).ifPresent(p::setExample);
                    });
        }
    }

    private static String camel(String noun) {
        return Pattern.compile("-(\\w)")
                .matcher(noun)
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    /** What the code's comments say of a call and its parameters. */
    private static void describe(Operation operation, Method method) {
        var text = DOCS.of(method);
        if (!text.isEmpty()) {
            operation.setDescription(text);
        }
        Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of())
                .forEach(p -> {
                    if (p.getDescription() == null) {
                        DOCS.parameter(method, p.getName())
                                .or(() -> Optional.ofNullable(HEADERS.get(p.getName())))
                                .or(() -> WORDS.meaning(p.getName()))
                                .ifPresent(p::setDescription);
                    }
                    WORDS.example(p.getName(), p.getSchema()).ifPresent(p::setExample);
                });
    }

    /** What was made, and what takes a while, says where it is; what was changed says how it is now. */
    private static void located(Operation operation) {
        for (var status : List.of("201", "202")) {
            var answer = operation.getResponses().get(status);
            if (answer != null && answer.getContent() != null) {
                answer.addHeaderObject("Location", new Header().schema(text()).description("Where it is."));
            }
        }
        var changed = operation.getResponses().get("200");
        var parameters = operation.getParameters();
        if (changed != null
                && parameters != null
                && parameters.stream().anyMatch(p -> "If-Match".equals(p.getName()))) {
            changed.addHeaderObject("ETag", new Header().schema(text()).description("What the next If-Match takes."));
        }
    }

    private static void tagged(Operation operation) {
        operation.addParametersItem(new Parameter()
                .in("header")
                .name("If-None-Match")
                .required(false)
                .schema(text())
                .description("Answers 304 without a body when the resource is still as this ETag says."));
        operation.getResponses().addApiResponse("304", new ApiResponse().description("Not Modified"));
        var shown = operation.getResponses().get("200");
        if (shown != null) {
            shown.addHeaderObject(
                    "ETag", new Header().schema(text()).description("What If-Match and If-None-Match take."));
        }
    }

    /** {@code admin.Account.create}: stable, whatever else there is. */
    private static void name(Operation operation, HandlerMethod handler) {
        var type = handler.getBeanType();
        var area = type.getPackageName().contains(".adminapi") ? "admin" : "tenant";
        var noun = type.getSimpleName().replaceAll("(Routes|Endpoint)$", "");
        operation.setTags(List.of(area + " " + noun));
        TAGS.put(area + " " + noun, DOCS.of(type));
        operation.setOperationId(area + "." + noun + "." + handler.getMethod().getName());
    }

    private static void listing(Operation operation) {
        var integer = new Schema<Integer>();
        integer.types(Set.of("integer"));
        operation.addParametersItem(query("limit", integer).description("5 to 1000; 100 by default."));
        operation.addParametersItem(query("cursor", text()).description("The last answer's nextCursor."));
        var values = new Schema<>();
        values.types(Set.of("array"));
        values.items(text());
        var filters = new Schema<>();
        filters.types(Set.of("object"));
        filters.additionalProperties(values);
        operation.addParametersItem(
                query("filter", filters)
                        .example(Map.of())
                        .style(Parameter.StyleEnum.FORM)
                        .explode(true)
                        .description(
                                "Each other parameter is a filter of EC2's name for it, such as tag:Name; its values are alternatives."));
    }

    private static Schema<?> text() {
        return new Schema<>().types(Set.of("string"));
    }

    private static Parameter query(String name, Schema<?> schema) {
        return new Parameter().in("query").name(name).required(false).schema(schema);
    }

    private static boolean takes(HandlerMethod handler, Class<?> type) {
        return Arrays.stream(handler.getMethodParameters()).anyMatch(p -> p.getParameterType() == type);
    }

    private static boolean isTenants(HandlerMethod handler) {
        return handler.getBeanType().getPackageName().startsWith(OpenApiDescription.class.getPackageName());
    }

    /** What the records say of themselves; a component is required unless it may be null. */
    private static void require(Components components) {
        var records = records().toList();
        components
                .getSchemas()
                .forEach((name, schema) -> records.stream()
                        .filter(type -> isOf(name, type))
                        .max(Comparator.comparingInt(
                                type -> type.getSimpleName().length()))
                        .ifPresent(type -> {
                            schema.setDescription(DOCS.of(type));
                            Arrays.stream(type.getRecordComponents()).forEach(c -> {
                                require(schema, c);
                                describe(type, schema, c.getName());
                            });
                        }));
    }

    /** The library names a schema after its type, and after what a generic type is of. */
    private static boolean isOf(String schema, Class<?> type) {
        return type.getTypeParameters().length == 0
                ? schema.equals(type.getSimpleName())
                : schema.startsWith(type.getSimpleName());
    }

    private static void describe(Class<?> type, Schema<?> schema, String component) {
        var property = Objects.requireNonNull(schema.getProperties().get(component), component);
        DOCS.component(type, component)
                .or(() -> type == LaunchTemplateData.class
                        ? DOCS.component(NewInstances.class, component)
                        : Optional.empty())
                .or(() -> WORDS.meaning(component))
                .ifPresent(property::setDescription);
        WORDS.illustrate(component, property);
    }

    private static void require(Schema<?> schema, RecordComponent component) {
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            schema.addRequiredItem(component.getName());
            return;
        }
        var property = schema.getProperties().get(component.getName());
        if (property == null) {
            throw new IllegalStateException(schema.getName() + " lacks " + component.getName());
        }
        if (property.get$ref() != null) {
            var either = new Schema<>().addAnyOfItem(property).addAnyOfItem(new Schema<>().types(Set.of("null")));
            schema.addProperty(component.getName(), either);
        } else {
            property.addType("null");
        }
    }

    private static Stream<Class<?>> records() {
        return new ClassFileImporter()
                .importPackages("io.croft.rest").stream()
                        .filter(JavaClass::isRecord)
                        .map(JavaClass::reflect);
    }
}
