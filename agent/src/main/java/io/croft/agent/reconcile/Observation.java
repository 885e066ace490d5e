package io.croft.agent.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the drivers said when the whole host was observed once. One that does not answer hides only what was asked of it, and says nothing about what is there.
 *
 * @param unanswered what the drivers that did not answer said, one sentence each
 */
record Observation(List<Question.Answer<?>> answers, List<String> unanswered) {
    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

    Observation {
        answers = List.copyOf(answers);
        unanswered = List.copyOf(unanswered);
    }

    /** Asks {@code questions}, one after the other. */
    static Observation of(HostDrivers drivers, List<Question<?>> questions) {
        var answers = new ArrayList<Question.Answer<?>>();
        var unanswered = new ArrayList<String>();
        for (var question : questions) {
            try {
                answers.add(question.answer(drivers));
            } catch (RuntimeException | Error e) {
                LOG.atWarn()
                        .addKeyValue("driver", question.driver())
                        .setCause(e)
                        .log("A driver does not answer");
                unanswered.add("The " + question.driver() + " does not answer: " + e.getMessage());
            }
        }
        return new Observation(answers, unanswered);
    }
}
