package io.croft.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.croft.client.CroftClient;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Scanner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command takes: which controller, as whom, and how to print. */
final class Session {
    /** How an answer is printed. */
    enum Output {
        table,
        json,
        yaml
    }

    /** A column of a table: its head, and its cell for a row. */
    record Field<T>(String head, Function<T, @Nullable Object> cell) {}

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            defaultValue = "${env:CROFT_URL:-http://127.0.0.1:8080}",
            description = "The controller's address; CROFT_URL unless given.")
    private String url = "";

    @Option(
            names = "--token",
            defaultValue = "${env:CROFT_TOKEN:-}",
            description = "The operator's token; CROFT_TOKEN unless given.")
    private String token = "";

    @Option(
            names = "--output",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
    private Output output = Output.table;

    CroftClient client() {
        if (token.isEmpty()) {
            throw wrong("No token: set CROFT_TOKEN or give --token");
        }
        if (!isHttp(url)) {
            throw wrong("CROFT_URL or --url is an address such as http://127.0.0.1:8080, not '" + url + "'");
        }
        return new CroftClient(url, token);
    }

    /** As {@link #client}, for what must not be read on its way: over https, or to this machine. */
    CroftClient confidentialClient() {
        var client = client();
        var at = URI.create(url);
        if (!at.getScheme().equalsIgnoreCase("https") && !isLoopback(at.getHost())) {
            throw wrong("An archive holds the deployment's keys: run this on the controller's machine, or give an https"
                    + " address");
        }
        return client;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), sentence);
    }

    private static boolean isHttp(String url) {
        try {
            var uri = new URI(url);
            return uri.getRawAuthority() != null
                    && String.valueOf(uri.getScheme()).matches("(?i)https?");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Where it is told what happens, apart from the answer. */
    PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    /** Prints one thing: a line a field, or JSON or YAML. */
    <T> void show(T thing, List<Field<T>> fields) {
        if (output != Output.table) {
            out().print(written(thing));
            out().flush();
            return;
        }
        var width = fields.stream().mapToInt(f -> f.head().length()).max().orElse(0);
        for (var field : fields) {
            out().printf(
                            "%-" + width + "s  %s%n",
                            field.head(),
                            text(field.cell().apply(thing)));
        }
    }

    /** Prints many things: a row each, or JSON or YAML. */
    <T> void list(List<T> things, List<Field<T>> fields) {
        if (output != Output.table) {
            out().print(written(things));
            out().flush();
            return;
        }
        if (things.isEmpty()) {
            Objects.requireNonNull(spec).commandLine().getErr().println("There are none.");
            return;
        }
        var columns = fields.stream()
                .map(f -> new Column()
                        .header(f.head())
                        .headerAlign(HorizontalAlign.LEFT)
                        .dataAlign(HorizontalAlign.LEFT)
                        .<T>with(thing -> text(f.cell().apply(thing))))
                .toList();
        out().println(AsciiTable.getTable(AsciiTable.NO_BORDERS, things, columns));
    }

    /** Says in a table's place that something is done; scripts, which read JSON or YAML, see it by the exit code. */
    void done(String sentence) {
        if (output == Output.table) {
            out().println(sentence);
        }
    }

    /** Tells whoever looks, whatever is printed for scripts. */
    void note(String sentence) {
        Objects.requireNonNull(spec).commandLine().getErr().println(sentence);
    }

    /** Asks whoever looks; nobody answers with nothing. */
    String ask(String question) {
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        err.print(question);
        err.flush();
        var line = new Scanner(System.in, StandardCharsets.UTF_8);
        return line.hasNextLine() ? line.nextLine().strip() : "";
    }

    private String written(Object thing) {
        return output == Output.yaml ? Yaml.of(Json.plain(thing)) : Json.of(thing);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
