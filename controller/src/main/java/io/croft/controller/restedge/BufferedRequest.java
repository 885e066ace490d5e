package io.croft.controller.restedge;

import io.croft.controller.context.CloudException;
import io.croft.controller.edge.RawRequest;
import io.croft.types.ErrorCode;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** A request whose body was read before anything could parse it, since a signature covers it; an upload under a bearer token is left to stream. */
final class BufferedRequest extends HttpServletRequestWrapper {
    private final byte @Nullable [] body;

    private BufferedRequest(HttpServletRequest request, byte @Nullable [] body) {
        super(request);
        this.body = body;
    }

    /**
     * Reads the body.
     *
     * @throws CloudException RequestEntityTooLarge when it has more than {@code most} bytes
     */
    static BufferedRequest of(HttpServletRequest request, int most) throws IOException {
        var type = request.getContentType();
        if (type != null
                && type.startsWith(MediaType.APPLICATION_OCTET_STREAM_VALUE)
                && CallerProof.bearsToken(request)) {
            return new BufferedRequest(request, null);
        }
        var body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw new CloudException(
                    ErrorCode.REQUEST_ENTITY_TOO_LARGE, "The request is larger than " + most + " bytes.");
        }
        return new BufferedRequest(request, body);
    }

    /** What a signature covers. */
    RawRequest raw() {
        return RawRequest.of(this, body == null ? new byte[0] : body);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body == null ? super.getInputStream() : new BodyStream(body);
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static final class BodyStream extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        BodyStream(byte[] body) {
            bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body is there already");
        }
    }
}
