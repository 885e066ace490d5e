package io.croft.controller.restapi;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.rest.Problem;
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
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Query.class);
    }

    @Bean
    GlobalOpenApiCustomizer document() {
        return api -> {
            ModelConverters.getInstance(true).readAll(Problem.class).forEach(api.getComponents()::addSchemas);
            api.info(
                            new Info()
                                    .title("Croft")
                                    .version("1")
                                    .description(
                                            "The tenants' API under /v1 and the operator's under /admin/v1. "
                                                    + "x-roles says whose tokens and keys may make a call; a reader or an admin acts in the own account alone."))
                    .servers(List.of(new Server().url("/")))
                    .addSecurityItem(new SecurityRequirement().addList("token"))
                    .addSecurityItem(new SecurityRequirement().addList("signature"));
            api.getComponents().addSecuritySchemes("token", token()).addSecuritySchemes("signature", signature());
            require(api.getComponents());
            OpenApiProblems.describe(api);
            var roles = RolesTable.read();
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap()
                            .forEach((method, operation) ->
                                    operation.addExtension("x-roles", roles.whoMay(method + " " + path))));
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
            return operation;
        };
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
        var area = type.getPackageName().endsWith("adminapi") ? "admin" : "tenant";
        var noun = type.getSimpleName().replaceAll("(Routes|Endpoint)$", "");
        operation.setTags(List.of(area + " " + noun));
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
        return handler.getBeanType().getPackageName().equals(OpenApiDescription.class.getPackageName());
    }

    /** A record's component is required unless it may be null. */
    private static void require(Components components) {
        records()
                .forEach(type -> Optional.ofNullable(components.getSchemas().get(type.getSimpleName()))
                        .ifPresent(schema ->
                                Arrays.stream(type.getRecordComponents()).forEach(c -> require(schema, c))));
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
