package io.croft.controller.awsedge;

import java.util.List;

/** What the AWS edges can do. */
public interface SupportedActions {
    /** Every action that is served, by service and name. */
    List<SupportedAction> all();
}
