package dev.gatehouse.conformance;

import dev.gatehouse.testkit.Script;
import java.util.concurrent.CountDownLatch;

/** How a backend's answer breaks in the middle of its body, once the client has the head. */
enum Break {
  LENGTH_FIN("D01", "300,000 of 1,000,000 bytes, then FIN"),
  LENGTH_RST("D01", "300,000 of 1,000,000 bytes, then RST"),
  LENGTH_STALL("D01", "300,000 of 1,000,000 bytes, then silence"),
  LENGTH_ALL_BUT_ONE("D01", "all bytes but the last, then FIN"),
  CHUNKED_FIN("D02", "the last chunk is missing: FIN"),
  CHUNKED_RST("D02", "the last chunk is missing: RST"),
  CHUNKED_STALL("D02", "the last chunk is missing: silence"),
  CHUNK_CUT("D02", "FIN within a chunk"),
  CHUNK_SIZE_BAD("D02", "a bad chunk size"),
  CHUNK_SIZE_NEGATIVE("D02", "a negative chunk size"),
  CHUNK_SIZE_HUGE("D02", "a chunk size of 20 digits"),
  CHUNK_END_MISSING("D02", "no line end after a chunk's data"),
  LAST_CHUNK_CUT("D02", "FIN within the line of the last chunk"),
  UNFRAMED_RST("D08", "neither length nor chunks, then RST"),
  UNFRAMED_STALL("D08", "neither length nor chunks, then silence");

  private static final String OK = "HTTP/1.1 200 OK\r\nCache-Control: max-age=600\r\n";
  private static final String PART = "x".repeat(30_000);

  private final String id;
  private final String what;

  Break(String id, String what) {
    this.id = id;
    this.what = what;
  }

  /**
   * What the backend does.
   *
   * @param head open when the client has got the head, so that only the body can be broken off
   */
  Script script(CountDownLatch head) {
    return switch (this) {
      case LENGTH_FIN -> length(300_000, head).fin();
      case LENGTH_RST -> length(300_000, head).rst();
      case LENGTH_STALL -> length(300_000, head).hang();
      case LENGTH_ALL_BUT_ONE -> length(999_999, head).fin();
      case CHUNKED_FIN -> chunked(head).fin();
      case CHUNKED_RST -> chunked(head).rst();
      case CHUNKED_STALL -> chunked(head).hang();
      case CHUNK_CUT -> chunked(head).send("10\r\nhello").fin();
      case CHUNK_SIZE_BAD -> chunked(head).send("no-size\r\n").hang();
      case CHUNK_SIZE_NEGATIVE -> chunked(head).send("-5\r\nhello\r\n0\r\n\r\n").hang();
      case CHUNK_SIZE_HUGE -> chunked(head).send("1" + "0".repeat(19) + "\r\nhello").hang();
      case CHUNK_END_MISSING -> chunked(head).send("5\r\nhelloworld0\r\n\r\n").hang();
      case LAST_CHUNK_CUT -> chunked(head).send("0").fin();
      case UNFRAMED_RST -> unframed(head).rst();
      case UNFRAMED_STALL -> unframed(head).hang();
    };
  }

  private static Script length(int bytes, CountDownLatch head) {
    return Script.raw(OK + "Content-Length: 1000000\r\n\r\n").sendGenerated(bytes).pause(head);
  }

  private static Script chunked(CountDownLatch head) {
    return Script.raw(OK + "Transfer-Encoding: chunked\r\n\r\n").chunk(PART).pause(head);
  }

  private static Script unframed(CountDownLatch head) {
    return Script.raw(OK + "\r\n" + PART).pause(head);
  }

  /** In a test's display name. */
  @Override
  public String toString() {
    return id + " " + what;
  }
}
