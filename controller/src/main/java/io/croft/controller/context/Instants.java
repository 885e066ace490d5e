package io.croft.controller.context;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How an instant crosses into a {@code timestamptz} column and back, since JDBC knows no Instant. */
public final class Instants {
    private Instants() {}

    /** The parameter's value. */
    public static OffsetDateTime column(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /**
     * The column's value.
     *
     * @throws SQLException when it is null
     */
    public static Instant of(ResultSet row, String column) throws SQLException {
        var value = ofNullable(row, column);
        if (value == null) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }

    public static @Nullable Instant ofNullable(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
