package io.croft.agent.hypervisor;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * What a machine shows. Written by hand, since the JDK's own encoder brings all of AWT into the agent.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">Portable Network Graphics</a>
 */
public final class Screen {
    private static final int PIXEL = 3;
    private static final int MOST_PIXELS = 1 << 24;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] EIGHT_BIT_TRUECOLOUR = {8, 2, 0, 0, 0};
    /** Each byte as its difference from the one above: rows of a screen are much alike. */
    private static final int UP = 2;

    private final int width;
    private final int height;
    private final byte[] data;
    private final int start;

    /** @param pixels red, green and blue of each pixel, row by row from the top */
    public Screen(int width, int height, byte[] pixels) {
        this(width, height, pixels, 0);
    }

    private Screen(int width, int height, byte[] data, int start) {
        if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
            throw new HypervisorException("a screen of " + width + " x " + height + " pixels", null);
        }
        if (data.length - start != width * height * PIXEL) {
            throw new HypervisorException(
                    "a screen of " + width + " x " + height + " pixels in " + (data.length - start) + " bytes", null);
        }
        this.width = width;
        this.height = height;
        this.data = data;
        this.start = start;
    }

    /**
     * The screen in whichever form a hypervisor gives it, as a PNG: QEMU has learned to write that itself.
     *
     * @throws HypervisorException when it is neither a PNG nor a pixmap that can be read
     */
    public static byte[] png(byte[] picture) {
        var head = Arrays.copyOf(picture, SIGNATURE.length);
        return Arrays.equals(head, SIGNATURE) ? picture : ofPixmap(picture).png();
    }

    /**
     * Reads a binary portable pixmap with 8 bits a colour.
     *
     * @throws HypervisorException when it is none
     * @see <a href="https://netpbm.sourceforge.net/doc/ppm.html">PPM</a>
     */
    public static Screen ofPixmap(byte[] pixmap) {
        var header = new PixmapHeader(pixmap);
        if (!header.word().equals("P6")) {
            throw new HypervisorException("the screen is not a binary pixmap", null);
        }
        var width = header.number();
        var height = header.number();
        if (header.number() != 255) {
            throw new HypervisorException("the screen's colours do not have 8 bits", null);
        }
        return new Screen(width, height, pixmap, header.end());
    }

    /** Words between white space, up to the one byte of it that precedes the pixels. */
    private static final class PixmapHeader {
        private static final int LONGEST = 64;

        private final byte[] pixmap;
        private int at;

        PixmapHeader(byte[] pixmap) {
            this.pixmap = pixmap;
        }

        String word() {
            var from = at;
            while (at < Math.min(pixmap.length, LONGEST) && pixmap[at] > ' ') {
                at++;
            }
            var word = new String(pixmap, from, at - from, StandardCharsets.US_ASCII);
            at = Math.min(at + 1, pixmap.length);
            return word;
        }

        int number() {
            var word = word();
            try {
                return Integer.parseInt(word);
            } catch (NumberFormatException e) {
                throw new HypervisorException("the screen's header is damaged", e);
            }
        }

        int end() {
            return at;
        }
    }

    public byte[] png() {
        var png = new ByteArrayOutputStream();
        try {
            var out = new DataOutputStream(png);
            out.write(SIGNATURE);
            chunk(out, "IHDR", header());
            chunk(out, "IDAT", rows());
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    private byte[] header() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(width);
        out.writeInt(height);
        out.write(EIGHT_BIT_TRUECOLOUR);
        return bytes.toByteArray();
    }

    private byte[] rows() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var length = width * PIXEL;
        var filtered = new byte[length];
        try (var out = new DeflaterOutputStream(bytes)) {
            for (var row = 0; row < height; row++) {
                var from = start + row * length;
                for (var i = 0; i < length; i++) {
                    var above = row == 0 ? 0 : data[from - length + i];
                    filtered[i] = (byte) (data[from + i] - above);
                }
                out.write(UP);
                out.write(filtered);
            }
        }
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) sum.getValue());
    }
}
