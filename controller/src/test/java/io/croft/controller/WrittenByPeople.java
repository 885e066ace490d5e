package io.croft.controller;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out the bean definitions and proxies that a packaged build puts beside our classes; they keep to Spring's rules, not to ours. */
public final class WrittenByPeople implements ImportOption {
    @Override
    public boolean includes(Location location) {
        return !location.contains("__") && !location.contains("$$");
    }
}
