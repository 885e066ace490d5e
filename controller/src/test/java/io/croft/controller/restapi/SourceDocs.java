package io.croft.controller.restapi;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the sources say of their types, methods and parameters, read with the compiler's own parser: a compiled class has no comments. */
final class SourceDocs {
    private final Map<String, Comment> comments = new TreeMap<>();

    /** A comment: what it says of the whole, and of each parameter or component. */
    private record Comment(String text, Map<String, String> parameters) {}

    /** Reads all sources below some folders. */
    static SourceDocs read(Path... roots) {
        var docs = new SourceDocs();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(
                    Stream.of(roots).flatMap(SourceDocs::sources).toList());
            var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
            var trees = DocTrees.instance(task);
            for (var unit : task.parse()) {
                docs.new Scan(trees).scan(unit, null);
            }
            return docs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> sources(Path root) {
        try (var paths = Files.walk(root)) {
            return paths.filter(p -> p.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is said of a type; empty for nothing. */
    String of(Class<?> type) {
        return text(name(type));
    }

    /** What is said of a method; empty for nothing. */
    String of(Method method) {
        return text(name(method));
    }

    /** What a method's comment says of a parameter. */
    Optional<String> parameter(Method method, String parameter) {
        return parameter(name(method), parameter);
    }

    /** What a record's comment says of a component. */
    Optional<String> component(Class<?> type, String component) {
        return parameter(name(type), component);
    }

    private String text(String name) {
        var comment = comments.get(name);
        return comment == null ? "" : comment.text();
    }

    private Optional<String> parameter(String name, String parameter) {
        return Optional.ofNullable(comments.get(name)).map(c -> c.parameters().get(parameter));
    }

    private static String name(Class<?> type) {
        return Objects.requireNonNull(type.getCanonicalName());
    }

    private static String name(Method method) {
        return name(method.getDeclaringClass()) + "#" + method.getName();
    }

    /** Notes every comment by the name of what it stands at. */
    private final class Scan extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final DocTrees trees;
        private String place = "";

        Scan(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitCompilationUnit(CompilationUnitTree unit, @Nullable Void unused) {
            place = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
            return super.visitCompilationUnit(unit, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
            var around = place;
            place = around + "." + type.getSimpleName();
            note(place);
            super.visitClass(type, null);
            place = around;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
            note(place + "#" + method.getName());
            return null;
        }

        private void note(String name) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                var parameters = comment.getBlockTags().stream()
                        .filter(ParamTree.class::isInstance)
                        .map(ParamTree.class::cast)
                        .collect(Collectors.toMap(
                                p -> p.getName().toString(), p -> sentence(plain(p.getDescription()))));
                comments.put(name, new Comment(plain(comment.getFullBody()), parameters));
            }
        }
    }

    private static String sentence(String words) {
        var whole = Character.toUpperCase(words.charAt(0)) + words.substring(1);
        return whole.endsWith(".") ? whole : whole + ".";
    }

    /** The words as Markdown, on one line. */
    private static String plain(List<? extends DocTree> parts) {
        return parts.stream()
                .map(SourceDocs::plain)
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String plain(DocTree part) {
        return switch (part) {
            case LiteralTree literal -> "`" + literal.getBody().getBody() + "`";
            case LinkTree link ->
                link.getLabel().isEmpty()
                        ? "`" + link.getReference().getSignature().replaceAll(".*[.#]", "") + "`"
                        : plain(link.getLabel());
            default -> part.toString().replaceAll("</?p>", " ");
        };
    }
}
