package io.croft.agent.vpc;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;

/** The calls that open and drive a tap device. */
interface Tun extends Library {
    Tun CALLS = Native.load("c", Tun.class);

    int O_RDWR = 2;
    long TUNSETIFF = 0x400454caL;
    short IFF_TAP_NO_PI = 0x1002;

    int open(String path, int flags) throws LastErrorException;

    int ioctl(int fd, long request, byte[] argument) throws LastErrorException;

    int read(int fd, byte[] buffer, int length) throws LastErrorException;

    int write(int fd, byte[] buffer, int length) throws LastErrorException;

    int close(int fd) throws LastErrorException;

    /** The device of that name in the namespace of the calling thread, made when it is not there. */
    static int attach(String name) {
        var fd = CALLS.open("/dev/net/tun", O_RDWR);
        var request = new byte[40];
        var bytes = name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, request, 0, bytes.length);
        request[16] = IFF_TAP_NO_PI & 0xff;
        request[17] = IFF_TAP_NO_PI >> 8;
        CALLS.ioctl(fd, TUNSETIFF, request);
        return fd;
    }
}
