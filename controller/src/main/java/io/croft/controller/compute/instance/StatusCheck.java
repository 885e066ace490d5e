package io.croft.controller.compute.instance;

/** The result of a check, under EC2's names: the status and, of its detail {@code reachability}, the status. */
public enum StatusCheck {
    OK("ok", "passed"),
    IMPAIRED("impaired", "failed"),
    INITIALIZING("initializing", "initializing"),
    INSUFFICIENT_DATA("insufficient-data", "insufficient-data"),
    NOT_APPLICABLE("not-applicable", "");

    private final String status;
    private final String reachability;

    StatusCheck(String status, String reachability) {
        this.status = status;
        this.reachability = reachability;
    }

    public String status() {
        return status;
    }

    /** Empty when there is no such detail. */
    public String reachability() {
        return reachability;
    }
}
