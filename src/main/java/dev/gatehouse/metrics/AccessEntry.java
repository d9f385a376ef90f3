package dev.gatehouse.metrics;

import dev.gatehouse.http.PathParameters;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.servlet.Outcome;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One finished exchange. The line is made when it is written, on another thread than the request's.
 *
 * @param status 0 if none has gone out
 * @param headNanos until a backend's head was there
 * @param bytesOut of the response's body
 */
record AccessEntry(
    Arrival arrival,
    String id,
    String client,
    String peer,
    @Nullable String consumer,
    int status,
    Outcome outcome,
    @Nullable String backend,
    int attempts,
    long nanos,
    OptionalLong headNanos,
    long bytesIn,
    OptionalLong bytesOut)
    implements Supplier<String> {

  private static final DateTimeFormatter MILLIS = // RFC 3339 §5.6, always three digits
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /**
   * Of an exchange that is over.
   *
   * @param status as {@link Journal#status} says
   * @param sent whether the head has gone out
   */
  static AccessEntry of(Arrival arrival, Exchange exchange, int status, boolean sent) {
    Journal journal = exchange.journal();
    Outcome outcome = journal.outcome(status);
    return new AccessEntry(
        arrival,
        exchange.requestId(),
        exchange.client(),
        exchange.peer(),
        exchange.consumer().orElse(null),
        outcome == Outcome.CLIENT_GONE && !sent ? 0 : status,
        outcome,
        journal.backend().orElse(null),
        journal.attempts(),
        journal.elapsedNanos(),
        journal.headNanos(),
        journal.bytesIn(),
        journal.bytesOut());
  }

  /** The line, without its end; what is absent is left out. */
  @Override
  public String get() {
    JsonLine line = new JsonLine();
    line.text("time", MILLIS.format(Instant.ofEpochMilli(arrival.atMillis())));
    line.text("id", id);
    line.text("client", client);
    line.text("peer", peer);
    line.text("consumer", consumer);
    line.text("method", arrival.method());
    line.text("host", arrival.host());
    line.text("path", PathParameters.hidden(arrival.path()));
    line.text("protocol", arrival.protocol());
    if (status != 0) {
      line.number("status", status);
    }
    line.text("outcome", outcome.word());
    line.text("backend", backend);
    if (attempts != 0) {
      line.number("attempts", attempts);
    }
    line.millis("ms", nanos);
    headNanos.ifPresent(until -> line.millis("backendMs", until));
    line.number("bytesIn", bytesIn);
    bytesOut.ifPresent(bytes -> line.number("bytesOut", bytes));
    line.text("agent", arrival.agent());
    return line.end();
  }
}
