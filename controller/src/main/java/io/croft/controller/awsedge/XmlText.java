package io.croft.controller.awsedge;

import io.croft.controller.context.XmlCharacters;

/** An XML document under construction: elements and escaped text, no attributes but a namespace, no indentation. */
final class XmlText {
    private final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    XmlText open(String element) {
        xml.append('<').append(element).append('>');
        return this;
    }

    XmlText open(String element, String namespace) {
        xml.append('<').append(element).append(" xmlns=\"");
        escape(namespace);
        xml.append("\">");
        return this;
    }

    XmlText close(String element) {
        xml.append("</").append(element).append('>');
        return this;
    }

    XmlText element(String element, String text) {
        open(element);
        escape(text);
        return close(element);
    }

    /** Opens an element that {@link #endUnlessEmpty} ends; returns where it begins. */
    int begin(String element) {
        var begun = xml.length();
        open(element);
        return begun;
    }

    /** Ends an element; one into which nothing was written is taken away again. */
    void endUnlessEmpty(String element, int begun) {
        if (xml.length() == begun + element.length() + 2) {
            xml.setLength(begun);
        } else {
            close(element);
        }
    }

    XmlText empty(String element) {
        xml.append('<').append(element).append("/>");
        return this;
    }

    /** A character that XML 1.0 cannot carry becomes the replacement character. */
    private void escape(String text) {
        var plain = 0;
        while (plain < text.length() && plain(text.charAt(plain))) {
            plain++;
        }
        xml.append(text, 0, plain);
        if (plain == text.length()) {
            return;
        }
        text.substring(plain).codePoints().forEach(c -> {
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#xD;");
                default -> xml.appendCodePoint(XmlCharacters.carries(c) ? c : 0xFFFD);
            }
        });
    }

    /** Nearly every text has nothing but these. */
    private static boolean plain(char c) {
        return c >= ' ' && c < 0x7F && c != '<' && c != '>' && c != '&' && c != '"';
    }

    @Override
    public String toString() {
        return xml.toString();
    }
}
