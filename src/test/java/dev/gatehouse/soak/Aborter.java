package dev.gatehouse.soak;

import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;

/**
 * Begins a transfer and leaves in its middle, in four ways by turns; of the downloads, every other
 * four when it has stopped reading for so long that nothing moves any more.
 */
final class Aborter {
  private static final int READ_BEFORE = 64 * 1024;
  private static final int RECEIVE_BUFFER = 64 * 1024;
  private static final byte[] PART = new byte[16 * 1024];

  private static final int MILLIS_TO_STALL = 400;

  private final int port;
  private final boolean upload;
  private final Departures departures;

  private Aborter(int port, boolean upload, Departures departures) {
    this.port = port;
    this.upload = upload;
    this.departures = departures;
  }

  static Aborter ofDownloads(int port, Departures departures) {
    return new Aborter(port, false, departures);
  }

  static Aborter ofUploads(int port, Departures departures) {
    return new Aborter(port, true, departures);
  }

  /** HTTP/1.1 with length and in chunks, HTTP/2 by stream and by connection. */
  void abort(int number) throws IOException {
    String target = (number % 4 == 0 ? "/length/" : "/other/") + number;
    boolean stalls = number % 8 >= 4;
    if (number % 4 < 2) {
      overHttp1(target, number % 4 == 0, stalls);
    } else {
      overHttp2(target, number % 4 == 2, stalls);
    }
  }

  private static void pause(boolean stalls) {
    if (stalls) {
      var unused = Pace.ofMillis(MILLIS_TO_STALL).await();
    }
  }

  private void overHttp1(String target, boolean sized, boolean stalls) throws IOException {
    try (RawClient client = RawClient.to(port)) {
      String framing = sized ? "Content-Length: 1000000000" : "Transfer-Encoding: chunked";
      client.send(
          (upload ? "POST " : "GET ")
              + target
              + " HTTP/1.1\r\nHost: localhost\r\n"
              + Settings.KEY_LINE
              + (upload ? "\r\n" + framing : "")
              + "\r\n\r\n");
      if (upload) {
        client.send(sized ? "" : "4000\r\n").send(PART);
        departures.awaitBegin(target);
      } else {
        client.readUntil("\r\n\r\n");
        client.readUntil("\0".repeat(1000));
        pause(stalls);
      }
      departures.leave(target);
      if (sized) {
        client.rst();
      }
    }
  }

  private void overHttp2(String target, boolean streamOnly, boolean stalls) throws IOException {
    try (Http2Wire client = new Http2Wire(port, RECEIVE_BUFFER, Http2Wire.DEFAULT)) {
      int stream = client.open(upload ? "POST" : "GET", target);
      if (upload) {
        client.data(stream, PART);
        departures.awaitBegin(target);
      } else {
        for (int read = 0; read < READ_BEFORE; ) {
          read += client.read();
        }
        pause(stalls);
      }
      departures.leave(target);
      if (streamOnly) {
        client.reset(stream);
        departures.awaitNotice(target); // by the reset, not by the end of the connection
      } else {
        client.rst();
      }
    }
  }
}
