package io.croft.controller.restapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/** The refusals that a call may be answered with. All have one form, so each is described once. */
final class OpenApiProblems {
    private static final String OTHER = "default";

    private OpenApiProblems() {}

    static void describe(OpenAPI api) {
        var components = api.getComponents();
        components.addResponses("Problem", problem("Any other problem (RFC 9457)."));
        api.getPaths()
                .values()
                .forEach(item -> item.readOperationsMap().forEach((method, operation) -> {
                    for (var status : statuses(method, operation)) {
                        var name = status.name();
                        components.addResponses(name, problem(status.getReasonPhrase()));
                        refer(operation, Integer.toString(status.value()), name);
                    }
                    refer(operation, OTHER, "Problem");
                }));
    }

    private static void refer(Operation operation, String code, String response) {
        operation.getResponses().addApiResponse(code, new ApiResponse().$ref("#/components/responses/" + response));
    }

    private static ApiResponse problem(String description) {
        var schema = new Schema<>().$ref("#/components/schemas/Problem");
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
    }

    private static List<HttpStatus> statuses(HttpMethod method, Operation operation) {
        return Stream.of(
                        always(),
                        method == HttpMethod.GET ? Stream.<HttpStatus>of() : Stream.of(HttpStatus.CONFLICT),
                        has(operation, "path", "") ? Stream.of(HttpStatus.NOT_FOUND) : Stream.<HttpStatus>of(),
                        has(operation, "header", "If-Match")
                                ? Stream.of(HttpStatus.PRECONDITION_FAILED, HttpStatus.PRECONDITION_REQUIRED)
                                : Stream.<HttpStatus>of(),
                        operation.getRequestBody() == null
                                ? Stream.<HttpStatus>of()
                                : Stream.of(HttpStatus.CONTENT_TOO_LARGE, HttpStatus.UNSUPPORTED_MEDIA_TYPE))
                .flatMap(s -> s)
                .toList();
    }

    private static Stream<HttpStatus> always() {
        return Stream.of(
                HttpStatus.BAD_REQUEST, HttpStatus.UNAUTHORIZED, HttpStatus.FORBIDDEN, HttpStatus.TOO_MANY_REQUESTS);
    }

    private static boolean has(Operation operation, String in, String name) {
        var parameters = operation.getParameters();
        return parameters != null
                && parameters.stream()
                        .anyMatch(p -> in.equals(p.getIn()) && (name.isEmpty() || name.equals(p.getName())));
    }
}
