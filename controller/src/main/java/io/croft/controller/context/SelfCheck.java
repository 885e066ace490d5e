package io.croft.controller.context;

import java.util.List;

/** A module's look at what it owns of the controller, for its operator. It changes nothing. */
public interface SelfCheck {
    /** A finding for each thing that was looked at. */
    List<Finding> look();
}
