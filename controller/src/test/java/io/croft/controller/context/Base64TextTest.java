package io.croft.controller.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {
    @ParameterizedTest
    @CsvSource({"60", "64", "76"})
    void takesItWrapped(int columns) {
        var bytes = new byte[1000];
        new Random(columns).nextBytes(bytes);
        for (var end : new String[] {"\n", "\r\n", "\r", " \n\t"}) {
            var wrapped =
                    Base64.getEncoder().encodeToString(bytes).replaceAll("(.{" + columns + "})", "$1" + end) + end;
            assertThat(Base64Text.decode(wrapped)).isEqualTo(bytes);
        }
    }

    @Test
    void takesItWithoutItsPadding() {
        assertThat(Base64Text.decode("aGk")).asString().isEqualTo("hi");
        assertThat(Base64Text.decode("\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#!/bin/sh", "aGk=aGk=", "a", "aGk==", "aGk\u00a0=", "\u0430Gk="})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> Base64Text.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
