package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 read from a socket, exactly (RFC 9112). What ends too early is an EOFException. */
final class Wire {
  private final InputStream in;
  private final byte[] buffer = new byte[16 * 1024];
  private final StringBuilder lines = new StringBuilder();

  Wire(InputStream in) {
    this.in = new BufferedInputStream(in, buffer.length);
  }

  /** One byte, or -1 at the end. */
  int read() throws IOException {
    return in.read();
  }

  /** A line without its line end; null if the peer has closed before it began. */
  @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    if (c < 0) {
      return null;
    }
    for (; c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("in the line '" + line.toString(ISO_8859_1) + "'");
      }
      line.write(c);
    }
    String text = line.toString(ISO_8859_1);
    lines.append(text).append('\n');
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** All lines since the last call, with the line ends that they came with. */
  String takeLines() {
    String taken = lines.toString();
    lines.setLength(0);
    return taken;
  }

  /** The lines before the next empty one: header or trailer fields. */
  List<String> fields() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = present(); !line.isEmpty(); line = present()) {
      lines.add(line);
    }
    return List.copyOf(lines);
  }

  void fixed(long length, Bytes into) throws IOException {
    for (long left = length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException(left + " of " + length + " bytes are missing");
      }
      into.write(buffer, 0, count);
      left -= count;
    }
  }

  /** Reads through the last chunk and returns the trailer fields. */
  List<String> chunked(Bytes into) throws IOException {
    while (true) {
      String head = present();
      long size;
      try {
        size = Long.parseLong(head.split(";", 2)[0].strip(), 16);
      } catch (NumberFormatException e) {
        throw new ProtocolException("no chunk size: " + head);
      }
      if (size == 0) {
        return fields();
      }
      fixed(size, into);
      String end = present();
      if (!end.isEmpty()) {
        throw new ProtocolException("after a chunk: " + end);
      }
    }
  }

  void toEnd(Bytes into) throws IOException {
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      into.write(buffer, 0, count);
    }
  }

  static boolean isChunked(List<String> fields) {
    return values(fields, "Transfer-Encoding").stream()
        .anyMatch(value -> value.toLowerCase(Locale.ROOT).endsWith("chunked"));
  }

  /** The values of a field, in order, without the blanks around them. */
  static List<String> values(List<String> fields, String name) {
    return fields.stream()
        .filter(line -> line.indexOf(':') == name.length())
        .filter(line -> line.regionMatches(true, 0, name, 0, name.length()))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  private String present() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("a line is missing");
    }
    return line;
  }
}
