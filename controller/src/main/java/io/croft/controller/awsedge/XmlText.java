package io.croft.controller.awsedge;

import io.croft.controller.context.XmlCharacters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import software.amazon.awssdk.core.SdkBytes;

/** An XML document under construction: elements and escaped text, no attributes but a namespace, no indentation. Kept as the bytes of its UTF-8. */
public final class XmlText {
    private byte[] bytes = new byte[1024];
    private int length;

    public XmlText() {
        put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /** An element's name between its brackets. */
    public static final class Tag {
        private final byte[] open;
        private final byte[] close;
        private final byte[] empty;

        private Tag(String element) {
            open = utf8("<" + element + ">");
            close = utf8("</" + element + ">");
            empty = utf8("<" + element + "/>");
        }

        public static Tag of(String element) {
            return new Tag(element);
        }
    }

    public XmlText open(String element) {
        return open(Tag.of(element));
    }

    public XmlText open(Tag element) {
        put(element.open);
        return this;
    }

    public XmlText open(String element, String namespace) {
        put("<" + element + " xmlns=\"");
        escape(namespace);
        put("\">");
        return this;
    }

    public XmlText close(String element) {
        return close(Tag.of(element));
    }

    public XmlText close(Tag element) {
        put(element.close);
        return this;
    }

    public XmlText element(String element, String text) {
        return element(Tag.of(element), text);
    }

    public XmlText element(Tag element, String text) {
        open(element);
        escape(text);
        return close(element);
    }

    /** Opens an element that {@link #endUnlessEmpty} ends; returns where it begins. */
    public int begin(Tag element) {
        var begun = length;
        open(element);
        return begun;
    }

    /** Ends an element; one into which nothing was written is taken away again. */
    public void endUnlessEmpty(Tag element, int begun) {
        if (length == begun + element.open.length) {
            length = begun;
        } else {
            close(element);
        }
    }

    public XmlText empty(Tag element) {
        put(element.empty);
        return this;
    }

    /** A character that XML 1.0 cannot carry becomes the replacement character. */
    private void escape(String text) {
        reserve(text.length());
        var plain = 0;
        while (plain < text.length() && plain(text.charAt(plain))) {
            bytes[length++] = (byte) text.charAt(plain++);
        }
        if (plain < text.length()) {
            text.substring(plain).codePoints().forEach(this::putEscaped);
        }
    }

    private void putEscaped(int c) {
        switch (c) {
            case '<' -> put("&lt;");
            case '>' -> put("&gt;");
            case '&' -> put("&amp;");
            case '"' -> put("&quot;");
            case '\r' -> put("&#xD;");
            default -> put(Character.toString(XmlCharacters.carries(c) ? c : 0xFFFD));
        }
    }

    /** Nearly every text has nothing but these. */
    private static boolean plain(char c) {
        return c >= ' ' && c < 0x7F && c != '<' && c != '>' && c != '&' && c != '"';
    }

    private void put(String text) {
        put(utf8(text));
    }

    private void put(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The document as it is sent. */
    public SdkBytes bytes() {
        return SdkBytes.fromByteArrayUnsafe(Arrays.copyOf(bytes, length));
    }
}
