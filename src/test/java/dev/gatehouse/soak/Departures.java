package dev.gatehouse.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;

/** When clients leave, and when the backend hears of it. Thread-safe. */
final class Departures {
  private static final long LENGTH = 1L << 30;
  private static final int DIGITS = 3;
  private static final byte[] CHUNK_HEAD = "4000\r\n".getBytes(US_ASCII);
  private static final byte[] CHUNK_END = "\r\n".getBytes(US_ASCII);

  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Set<String> endedAlone = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> leftNanos = new ConcurrentHashMap<>();
  private final Map<String, Long> delayNanos = new ConcurrentHashMap<>();

  /** An endless answer to GET, an endless patience for a body; both end with the connection. */
  Script script(Seen seen) {
    begun.add(seen.target());
    if (seen.method().equals("POST")) {
      return Script.raw("").beforeBody().readBody().writing(out -> notice(seen.target()));
    }
    boolean sized = seen.target().contains("length");
    return Script.head(sized ? "Content-Length: " + LENGTH : "Transfer-Encoding: chunked")
        .writing(out -> pour(out, sized, seen.target()));
  }

  private void pour(OutputStream out, boolean sized, String target) throws IOException {
    byte[] block = new byte[16 * 1024];
    try {
      for (long left = LENGTH; left > 0; left -= block.length) {
        if (!sized) {
          out.write(CHUNK_HEAD);
        }
        out.write(block);
        if (!sized) {
          out.write(CHUNK_END);
        }
      }
    } finally {
      notice(target);
    }
  }

  /** Waits until a request has come to the backend. */
  void awaitBegin(String target) {
    Await.until("at the backend: " + target, () -> begun.contains(target));
  }

  /** The client leaves now. */
  void leave(String target) {
    leftNanos.put(target, System.nanoTime());
  }

  private void notice(String target) {
    Long left = leftNanos.get(target);
    if (left == null) {
      endedAlone.add(target); // before its client left: an end that nobody has asked for
    } else {
      delayNanos.put(target, System.nanoTime() - left);
    }
  }

  /** Those that left and that the backend has not heard of, and those that ended before. */
  String missing() {
    Set<String> silent = new TreeSet<>(leftNanos.keySet());
    silent.removeAll(delayNanos.keySet());
    silent.removeAll(endedAlone);
    return "not ended: " + silent + ", ended before the client left: " + endedAlone;
  }

  /** Waits until the backend has heard of a departure. */
  void awaitNotice(String target) {
    Await.until("noticed at the backend: " + target, () -> delayNanos.containsKey(target));
  }

  /** How many of those that left the backend has heard of. */
  int noticed() {
    return delayNanos.size();
  }

  /** How long that took. */
  Histogram micros() {
    Histogram micros = new Histogram(DIGITS);
    delayNanos.values().forEach(nanos -> micros.recordValue(nanos / 1000));
    return micros;
  }

  void clear() {
    begun.clear();
    endedAlone.clear();
    leftNanos.clear();
    delayNanos.clear();
  }
}
