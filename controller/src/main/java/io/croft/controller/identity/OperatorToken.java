package io.croft.controller.identity;

import io.croft.controller.context.StateDirectory;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * The operator's token in {@code operator.token}. The file is what counts, since whoever can write it owns the deployment anyway: a lost one is drawn
 * anew and the lost token ends; one put there by hand, or kept over a new database, is taken. Safe to run at each start.
 */
@Component
class OperatorToken implements SmartInitializingSingleton {
    private final StateDirectory directory;
    private final Tokens tokens;

    OperatorToken(StateDirectory directory, Tokens tokens) {
        this.directory = directory;
        this.tokens = tokens;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var line = directory.readOrMake(
                "operator.token", () -> (tokens.draw() + "\n").getBytes(StandardCharsets.US_ASCII));
        var token = new String(line, StandardCharsets.US_ASCII).strip();
        if (token.isEmpty()) {
            throw new IllegalStateException("operator.token is empty: delete it to have a new one made");
        }
        tokens.setOperators(token, "operator");
    }
}
