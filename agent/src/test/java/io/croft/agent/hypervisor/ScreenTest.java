package io.croft.agent.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
    /** Another reader than ours sees every pixel as it was. */
    @Test
    void aPixmapBecomesAPicture() throws IOException {
        var pixels = new byte[37 * 11 * 3];
        new Random(7).nextBytes(pixels);
        var picture = ImageIO.read(new ByteArrayInputStream(
                Screen.ofPixmap(pixmap("P6\n37 11\n255\n", pixels)).png()));
        assertThat(picture.getWidth()).isEqualTo(37);
        assertThat(picture.getHeight()).isEqualTo(11);
        for (var y = 0; y < 11; y++) {
            for (var x = 0; x < 37; x++) {
                var at = 3 * (y * 37 + x);
                var expected = ((pixels[at] & 0xff) << 16) | ((pixels[at + 1] & 0xff) << 8) | (pixels[at + 2] & 0xff);
                assertThat(picture.getRGB(x, y) & 0xffffff).isEqualTo(expected);
            }
        }
    }

    @Test
    void aPictureStaysAsItIs() {
        var picture = new Screen(1, 1, new byte[3]).png();
        assertThat(Screen.png(picture)).isSameAs(picture);
        assertThat(Screen.png(pixmap("P6\n1 1\n255\n", new byte[3]))).isEqualTo(picture);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P5\n1 1\n255\nabc",
                "P6\n1 1\n255\nab",
                "P6\n1 1\n255\nabcd",
                "P6\n1 1\n65535\nabc",
                "P6\n0 1\n255\n",
                "P6\n-1 -1\n255\nabc",
                "P6\n99999999999 1\n255\nabc",
                "P6\n70000 70000\n255\nabc",
                "P6\none 1\n255\nabc",
                "P6\n1 1"
            })
    void whatIsNoPixmapIsRefused(String text) {
        assertThatThrownBy(() -> Screen.ofPixmap(text.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(HypervisorException.class);
    }

    private static byte[] pixmap(String header, byte[] pixels) {
        var start = header.getBytes(StandardCharsets.US_ASCII);
        var all = new byte[start.length + pixels.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(pixels, 0, all, start.length, pixels.length);
        return all;
    }
}
