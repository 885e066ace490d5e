package io.croft.controller.hostlink;

import io.croft.controller.context.CloudException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What an agent is told whose request is refused. */
@RestControllerAdvice(annotations = AgentRequests.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class AgentRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRefusals.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refuse(CloudException refused) {
        var status = refused.code().status();
        var problem = ProblemDetail.forStatus(status);
        problem.setTitle(refused.code().ec2Name());
        problem.setDetail(refused.publicMessage());
        LOG.atInfo().addKeyValue("code", refused.code()).setCause(refused).log("Refused an agent's request");
        return ResponseEntity.status(status).body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> malformed(IllegalArgumentException malformed) {
        return ResponseEntity.badRequest().body(ProblemDetail.forStatus(400));
    }
}
