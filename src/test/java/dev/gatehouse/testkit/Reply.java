package dev.gatehouse.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * A response as a {@link RawClient} saw it.
 *
 * @param statusLine empty if not even that came
 * @param headerLines as they came, in order
 * @param body without chunked coding
 * @param interim the status lines of 1xx responses before it
 */
public record Reply(
    String statusLine,
    List<String> headerLines,
    Bytes body,
    List<String> trailers,
    List<String> interim,
    End end) {

  /** How a response ended. */
  public enum End {
    /** Whole, and it could have no body: to HEAD, 1xx, 204, 304. */
    BODILESS,
    /** Whole by Content-Length. */
    LENGTH,
    /** Whole by the last chunk. */
    LAST_CHUNK,
    /** Neither length nor chunks: the peer closed. */
    EOF,
    /** The peer closed before the end, or before the beginning. */
    CUT,
    /** The connection was reset. */
    RESET,
    /** Nothing came for too long. */
    TIMEOUT;

    /** Whether nothing is missing, as far as anybody can tell. */
    public boolean isWhole() {
      return this == BODILESS || this == LENGTH || this == LAST_CHUNK || this == EOF;
    }
  }

  /**
   * Reads one response, whatever comes of it.
   *
   * @param onHead runs when the head is there, unless it is an interim one
   */
  static Reply read(Wire wire, boolean toHead, List<String> interim, Runnable onHead)
      throws IOException {
    String status = "";
    List<String> fields = List.of();
    List<String> trailers = List.of();
    Bytes body = new Bytes();
    End end;
    try {
      status = Optional.ofNullable(wire.line()).orElseThrow(EOFException::new);
      fields = wire.fields();
      if (!status.matches("HTTP/\\S+ 1..( .*)?")) {
        onHead.run();
      }
      Optional<String> length = Wire.values(fields, "Content-Length").stream().findFirst();
      if (toHead || status.matches("HTTP/\\S+ (1..|204|304)( .*)?")) {
        end = End.BODILESS;
      } else if (Wire.isChunked(fields)) {
        trailers = wire.chunked(body);
        end = End.LAST_CHUNK;
      } else if (length.isPresent()) {
        wire.fixed(Long.parseLong(length.get()), body);
        end = End.LENGTH;
      } else {
        wire.toEnd(body);
        end = End.EOF;
      }
    } catch (EOFException e) {
      end = End.CUT;
    } catch (SocketTimeoutException e) {
      end = End.TIMEOUT;
    } catch (SocketException | SSLException e) {
      end = End.RESET;
    }
    return new Reply(status, fields, body, trailers, List.copyOf(interim), end);
  }

  /** Whether nothing is missing, as far as anybody can tell. */
  public boolean isWhole() {
    return end.isWhole();
  }

  boolean isInterim() {
    return end == End.BODILESS && status() >= 100 && status() < 200;
  }

  /** 0 if there was no status line. */
  public int status() {
    return statusLine.isEmpty() ? 0 : Integer.parseInt(statusLine.split(" ", 3)[1]);
  }

  /** The first value of a field. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  public List<String> headers(String name) {
    return Wire.values(headerLines, name);
  }

  /** The body as UTF-8, up to a megabyte. */
  public String text() {
    return body.text();
  }
}
