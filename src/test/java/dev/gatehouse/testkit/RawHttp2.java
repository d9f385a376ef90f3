package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;

/**
 * An HTTP/2 client by prior knowledge that sends the frames it is told, right or wrong (RFC 9113),
 * with field sections that are not compressed. For short bodies: it opens no window. Not
 * thread-safe.
 */
public final class RawHttp2 implements AutoCloseable {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"; // §3.4
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int PADDED = 8;
  private static final int PRIORITY = 0x20;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private boolean held;
  private final HpackDecoder decoder = new HpackDecoder(64 * 1024, System::nanoTime);

  private RawHttp2(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Await.PATIENCE.toMillis());
  }

  /** Connects to 127.0.0.1, in clear. */
  public static RawHttp2 to(int port) throws IOException {
    RawHttp2 client = new RawHttp2(new Socket(InetAddress.getLoopbackAddress(), port));
    client.out.write(PREFACE.getBytes(ISO_8859_1));
    client.frame(SETTINGS, 0, 0, new byte[0]);
    return client;
  }

  /**
   * A response as it came; what ended it, too.
   *
   * @param fields the head's with {@code :status}, then those of the trailers, as {@code name:
   *     value}
   */
  public record Answer(List<String> fields, List<String> trailers, String body, End end) {
    /** How a stream ended. */
    public enum End {
      /** END_STREAM. */
      WHOLE,
      /** RST_STREAM. */
      RESET,
      /** GOAWAY, or the connection was closed. */
      GONE,
      /** Nothing came for too long. */
      TIMEOUT
    }

    /** 0 if there was none. */
    public int status() {
      return fields.stream()
          .filter(line -> line.startsWith(":status: "))
          .mapToInt(line -> Integer.parseInt(line.substring(9)))
          .findFirst()
          .orElse(0);
    }
  }

  /**
   * Sends a field section in one HEADERS frame.
   *
   * @param lines such as {@code :method: GET}, one char for each byte
   */
  public RawHttp2 headers(int stream, boolean last, String... lines) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (String line : lines) {
      int colon = line.indexOf(": ", 1);
      String name = line.substring(0, colon);
      int index = staticIndex(name);
      block.write(index); // a literal that is not indexed (RFC 7541 §6.2.2), 0: with its name
      if (index == 0) {
        text(block, name);
      }
      text(block, line.substring(colon + 2));
    }
    return frame(HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, block.toByteArray());
  }

  public RawHttp2 data(int stream, boolean last, String bytes) throws IOException {
    return frame(DATA, last ? END_STREAM : 0, stream, bytes.getBytes(ISO_8859_1));
  }

  /** Whether frames wait from now on, to go out together with the next that does not. */
  public RawHttp2 hold(boolean wait) {
    held = wait;
    return this;
  }

  /** Cancels a stream (§7, CANCEL). */
  public RawHttp2 reset(int stream) throws IOException {
    return frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
  }

  /** Reads until so many bytes of a stream's body have come. */
  public void awaitData(int stream, int bytes) throws IOException {
    for (int left = bytes; left > 0; ) {
      Frame frame = read();
      if (frame.type == HEADERS) {
        var unused = decode(section(frame));
      } else if (frame.type == DATA && frame.stream == stream) {
        left -= frame.content().length;
      }
    }
  }

  /** Reads until the stream's end; what belongs to others is passed over. */
  public Answer answer(int stream) throws IOException {
    List<String> fields = new ArrayList<>();
    List<String> trailers = new ArrayList<>();
    Bytes body = new Bytes();
    Answer.End end = null;
    while (end == null) {
      try {
        Frame frame = read();
        if (frame.type == GOAWAY) {
          end = Answer.End.GONE;
        } else if (frame.type == RST_STREAM && frame.stream == stream) {
          end = Answer.End.RESET;
        } else if (frame.type == HEADERS) { // other streams' too: they change the decoder
          List<String> section = decode(section(frame));
          if (frame.stream == stream) {
            boolean interim = section.stream().anyMatch(line -> line.startsWith(":status: 1"));
            if (!interim) {
              (fields.isEmpty() ? fields : trailers).addAll(section);
            }
          }
        } else if (frame.type == DATA && frame.stream == stream) {
          byte[] bytes = frame.content();
          body.write(bytes, 0, bytes.length);
        }
        if (end == null && frame.ends(stream)) {
          end = Answer.End.WHOLE;
        }
      } catch (EOFException | SocketException e) {
        end = Answer.End.GONE;
      } catch (SocketTimeoutException e) {
        end = Answer.End.TIMEOUT;
      }
    }
    return new Answer(List.copyOf(fields), List.copyOf(trailers), body.text(), end);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class Frame {
    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    Frame(int type, int flags, int stream, byte[] payload) {
      this.type = type;
      this.flags = flags;
      this.stream = stream;
      this.payload = payload;
    }

    boolean ends(int stream) {
      return this.stream == stream && type <= HEADERS && (flags & END_STREAM) != 0;
    }

    /** The payload without padding and priority (§6.1, §6.2). */
    byte[] content() {
      int from = 0;
      int padding = 0;
      if ((flags & PADDED) != 0) {
        padding = payload[from++] & 0xff;
      }
      if (type == HEADERS && (flags & PRIORITY) != 0) {
        from += 5;
      }
      return Arrays.copyOfRange(payload, from, payload.length - padding);
    }
  }

  private Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & Integer.MAX_VALUE;
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("in a frame");
    }
    if ((type == SETTINGS || type == PING) && (flags & ACK) == 0) {
      frame(type, ACK, 0, type == PING ? payload : new byte[0]);
    }
    return new Frame(type, flags, stream, payload);
  }

  private byte[] section(Frame first) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(first.content());
    Frame frame = first;
    while ((frame.flags & END_HEADERS) == 0) {
      frame = read();
      if (frame.type != CONTINUATION) {
        throw new IOException("type " + frame.type + " within a field section");
      }
      block.write(frame.payload);
    }
    return block.toByteArray();
  }

  private List<String> decode(byte[] block) throws IOException {
    try {
      MetaData section = decoder.decode(ByteBuffer.wrap(block));
      List<String> lines = new ArrayList<>();
      if (section instanceof MetaData.Response response) {
        lines.add(":status: " + response.getStatus());
      }
      for (HttpField field : section.getHttpFields()) {
        lines.add(field.getName() + ": " + field.getValue());
      }
      return lines;
    } catch (HpackException.StreamException | HpackException.SessionException e) {
      throw new IOException("a field section that is none", e);
    }
  }

  private RawHttp2 frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    out.write(frame.array());
    if (!held) {
      out.flush();
    }
    return this;
  }

  /** RFC 7541 appendix A, for the names that some servers take by number only. */
  private static int staticIndex(String name) {
    return switch (name) {
      case ":authority" -> 1;
      case ":method" -> 2;
      case ":path" -> 4;
      case ":scheme" -> 6;
      default -> 0;
    };
  }

  /** A string without Huffman coding (RFC 7541 §5.2), its length in seven bits or more. */
  private static void text(ByteArrayOutputStream block, String text) throws IOException {
    byte[] bytes = text.getBytes(ISO_8859_1);
    int rest = bytes.length;
    if (rest < 127) {
      block.write(rest);
    } else {
      block.write(127);
      for (rest -= 127; rest >= 128; rest >>= 7) {
        block.write((rest & 127) | 128);
      }
      block.write(rest);
    }
    block.write(bytes);
  }
}
