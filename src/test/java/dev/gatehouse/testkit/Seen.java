package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A request as an {@link Origin} saw it, there as soon as its head is. What asks for the body waits
 * for the body's end. Thread-safe.
 */
public final class Seen {
  private final int connection;
  private final String head;
  private final String requestLine;
  private final List<String> headerLines;
  private final Peer peer;
  private final Wire wire;
  private final Thread reader = Thread.currentThread();
  private final Bytes bytes = new Bytes();
  private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
  private volatile List<String> trailers = List.of();
  private boolean begun;

  /**
   * Who asks.
   *
   * @param serverName as the TLS client named it
   * @param clientName the subject of the TLS client's certificate
   */
  record Peer(OutputStream out, Optional<String> serverName, Optional<String> clientName) {}

  Seen(int connection, String requestLine, List<String> headerLines, Peer peer, Wire wire) {
    this.connection = connection;
    this.head = wire.takeLines();
    this.requestLine = requestLine;
    this.headerLines = headerLines;
    this.peer = peer;
    this.wire = wire;
  }

  /** 1 for the origin's first connection. */
  public int connection() {
    return connection;
  }

  public String requestLine() {
    return requestLine;
  }

  public String method() {
    return requestLine.split(" ", 2)[0];
  }

  /** What stands between method and version. */
  public String target() {
    return requestLine.substring(requestLine.indexOf(' ') + 1, requestLine.lastIndexOf(' '));
  }

  /** Request line, header lines and the empty line as they came, with their line ends. */
  public String head() {
    return head;
  }

  /** As they came, in order, without line ends. */
  public List<String> headerLines() {
    return headerLines;
  }

  /** The first value of a field. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  public List<String> headers(String name) {
    return Wire.values(headerLines, name);
  }

  /** The name that the TLS client asked for (SNI). */
  public Optional<String> serverName() {
    return peer.serverName();
  }

  /** The subject of the TLS client's certificate. */
  public Optional<String> clientName() {
    return peer.clientName();
  }

  /** Whether the body came to its end as announced. */
  public boolean isWhole() {
    if (Thread.currentThread() == reader) {
      readBody(true);
    }
    try {
      return whole.get(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("the body has no end: " + requestLine, e);
    }
  }

  /** The body, or what came of it. */
  public Bytes body() {
    var unused = isWhole();
    return bytes;
  }

  /** The body as far as it has come by now. */
  public Bytes bodySoFar() {
    return bytes;
  }

  public List<String> trailers() {
    var unused = isWhole();
    return trailers;
  }

  /**
   * Reads the body, once.
   *
   * @param invite whether to answer {@code Expect: 100-continue}
   */
  void readBody(boolean invite) {
    if (begun) {
      return;
    }
    begun = true;
    try {
      if (invite && header("Expect").isPresent()) {
        peer.out().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII));
        peer.out().flush();
      }
      if (Wire.isChunked(headerLines)) {
        trailers = wire.chunked(bytes);
      } else {
        wire.fixed(header("Content-Length").map(Long::parseLong).orElse(0L), bytes);
      }
      whole.complete(true);
    } catch (IOException e) {
      whole.complete(false);
    }
  }

  /** Nobody will read on. */
  void over() {
    whole.complete(false);
  }

  @Override
  public String toString() {
    return requestLine;
  }
}
