package dev.gatehouse.faults;

import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** One backend of a story, well until a fault is put on it. Thread-safe. */
final class Member implements AutoCloseable {
  static final String HEALTH = "/health";
  static final String ID = "X-Story-Id";

  private final Origin origin = Origin.scripted();
  private final Ledger ledger;
  private final LongAdder requests = new LongAdder();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger mostWorking = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  Member(Ledger ledger) {
    this.ledger = ledger;
    origin.answer(this::answer);
  }

  URI url() {
    return origin.url();
  }

  /** The requests that reached it so far, checks not among them. */
  long requests() {
    return requests.sum();
  }

  /** The most requests for whose answers it worked at a time. */
  int mostWorking() {
    return mostWorking.get();
  }

  /** From now on serves this way. */
  void put(Fault next) {
    fault = next;
  }

  /** As if its process were killed: all connections end at once, and new ones are refused. */
  void kill() {
    origin.stop();
  }

  /** Refuses new connections, and says on the others that each answer is the last. */
  void leave() {
    fault = Fault.SAYS_CLOSE;
    origin.refuse();
  }

  /** As if its machine were gone: connecting hangs. Connections that are there end, or hang too. */
  void vanish(boolean endsConnections) {
    fault = Fault.HANGS;
    if (endsConnections) {
      origin.swallow();
    } else {
      origin.swallowNew();
    }
  }

  /** Ends all connections, and resets each new one at once. */
  void resetConnections() {
    origin.resetNew(true);
    origin.stop();
    origin.restart();
  }

  /** Well again, on the same port. */
  void comeBack() {
    fault = Fault.NONE;
    origin.resetNew(false);
    origin.restart();
  }

  @Override
  public void close() {
    origin.close();
  }

  private Script answer(Seen seen) {
    if (seen.target().equals(HEALTH)) {
      return fault.check();
    }
    if (seen.header(ID).isEmpty()) {
      return Script.ok("not counted");
    }
    String id = seen.header(ID).orElseThrow();
    requests.increment();
    ledger.begin(id, url().getPort() + " #" + seen.connection());
    String body = seen.body().text();
    if (seen.isWhole() && seen.method().equals("POST")) {
      ledger.execute(id, body);
    }
    mostWorking.accumulateAndGet(working.incrementAndGet(), Math::max);
    try {
      return fault.answer(id);
    } finally {
      working.decrementAndGet();
    }
  }
}
