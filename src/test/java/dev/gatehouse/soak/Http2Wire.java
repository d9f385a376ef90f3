package dev.gatehouse.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.container.Settings;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * HTTP/2 by prior knowledge, frame by frame (RFC 9113 §6), for what no client library does: to stop
 * reading, to reset a stream in its middle. Not thread-safe.
 */
final class Http2Wire implements Download {
  /** The window of a client that never holds the other side back. */
  static final int WIDEST = Integer.MAX_VALUE;

  /** The window of a client that says nothing of it. */
  static final int DEFAULT = 65_535;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int ACK_OR_END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int CANCEL = 8;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int CREDIT_STEP = 16 * 1024;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private int lastStream = -1;
  private int credit;

  /**
   * Connects to 127.0.0.1.
   *
   * @param window bytes that the server may send before we have read them
   */
  Http2Wire(int port, int receiveBuffer, int window) throws IOException {
    socket.setReceiveBufferSize(receiveBuffer);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    byte[] setting =
        ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(window).array();
    frame(SETTINGS, 0, 0, setting);
    if (window > DEFAULT) {
      frame(WINDOW_UPDATE, 0, 0, number(window - DEFAULT));
    }
  }

  /** Sends a request's head and returns its stream. */
  int open(String method, String target) throws IOException {
    lastStream += 2;
    ByteArrayOutputStream block = new ByteArrayOutputStream(); // RFC 7541 §6.1, §6.2.2
    block.write(method.equals("GET") ? 0x82 : 0x83);
    block.write(0x86); // :scheme http
    literal(block, 4, target);
    literal(block, 1, "localhost");
    literal(block, 0, "x-api-key");
    text(block, Settings.KEY);
    int end = method.equals("GET") ? ACK_OR_END_STREAM : 0;
    frame(HEADERS, END_HEADERS | end, lastStream, block.toByteArray());
    return lastStream;
  }

  private static void literal(ByteArrayOutputStream block, int nameIndex, String text) {
    block.write(nameIndex);
    text(block, text);
  }

  private static void text(ByteArrayOutputStream block, String text) {
    block.write(text.length()); // below 127, without Huffman's code
    block.writeBytes(text.getBytes(US_ASCII));
  }

  /** Sends a piece of a request's body. */
  void data(int stream, byte[] bytes) throws IOException {
    frame(DATA, 0, stream, bytes);
  }

  /** Gives a stream up. */
  void reset(int stream) throws IOException {
    frame(RST_STREAM, 0, stream, number(CANCEL));
  }

  /** Reads one frame, and returns how much of a body is in it; -1 at the end of a stream. */
  @Override
  public int read() throws IOException {
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(lengthAndType >>> 8);
    boolean flagged = (flags & ACK_OR_END_STREAM) != 0;
    switch (lengthAndType & 0xff) {
      case DATA -> {
        credit += payload.length;
        if (credit >= CREDIT_STEP) { // in steps: servers take many small updates for an attack
          frame(WINDOW_UPDATE, 0, 0, number(credit));
          frame(WINDOW_UPDATE, 0, stream, number(credit));
          credit = 0;
        }
        return flagged ? -1 : payload.length;
      }
      case SETTINGS, PING -> {
        if (!flagged) {
          byte[] back = (lengthAndType & 0xff) == PING ? payload : new byte[0];
          frame(lengthAndType & 0xff, ACK_OR_END_STREAM, 0, back);
        }
      }
      case RST_STREAM, GOAWAY -> {
        int code = ByteBuffer.wrap(payload).getInt(payload.length >= 8 ? 4 : 0); // RFC 9113 §7
        String text =
            payload.length > 8 ? new String(payload, 8, payload.length - 8, US_ASCII) : "";
        throw new IOException("given up by the server, error code " + code + " " + text);
      }
      default -> {
        // a head, or what does not concern us
      }
    }
    return 0;
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
    socket.getOutputStream().write(frame.array());
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /** Breaks the connection off. */
  void rst() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
