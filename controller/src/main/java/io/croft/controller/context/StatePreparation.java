package io.croft.controller.context;

/** What has to be done to the state directory before any module reads its files. Safe to run again. */
public interface StatePreparation {
    void prepare(StateDirectory directory);
}
