package dev.gatehouse.metrics;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Journal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each request, or none at all. Thread-safe. */
public final class AccessLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final int WAITING_LINES = 8192;
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final long COMPLAINT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Optional<LineWriter> writer;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private long complainedNanos;
  private long lost;

  private AccessLog(Optional<LineWriter> writer, LongSupplier nanoTime, InstantSource clock) {
    this.writer = writer;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.complainedNanos = nanoTime.getAsLong() - COMPLAINT_NANOS;
  }

  /**
   * Starts what the configuration asks for.
   *
   * @param nanoTime monotonic
   */
  public static AccessLog start(
      ProxyConfig.AccessLog config, LongSupplier nanoTime, InstantSource clock) {
    if (!config.enabled()) {
      return new AccessLog(Optional.empty(), nanoTime, clock);
    }
    LineSink sink =
        config.file().isPresent() ? new LogFile(config.file().get(), nanoTime) : new ContainerLog();
    return to(new LineWriter(sink, WAITING_LINES, GRACE), nanoTime, clock);
  }

  static AccessLog to(LineWriter writer, LongSupplier nanoTime, InstantSource clock) {
    return new AccessLog(Optional.of(writer), nanoTime, clock);
  }

  /** Whether there are lines at all. */
  public boolean isOn() {
    return writer.isPresent();
  }

  /** For a new exchange; without a log its clock stands still, since reading one costs. */
  Journal journal() {
    return new Journal(isOn() ? nanoTime : () -> 0);
  }

  /** What the line will need of a request; null without a log. */
  @Nullable Arrival arrival(HttpServletRequest request) {
    return isOn() ? Arrival.of(request, clock.millis()) : null;
  }

  /**
   * Logs an exchange that is over; it never waits.
   *
   * @param sent whether the head of an answer has gone out
   */
  void end(@Nullable Arrival arrival, Exchange exchange, int status, boolean sent) {
    if (arrival != null && writer.isPresent()) {
      writer.get().write(AccessEntry.of(arrival, exchange, status, sent));
    }
  }

  /**
   * Warns of lines that are lost or do not get out, once a minute at most. To be called now and
   * then by one thread that serves no requests, as the container's log may be what blocks.
   */
  public void complain() {
    if (writer.isEmpty()) {
      return;
    }
    lost += writer.get().takeLost();
    String failure = writer.get().failure();
    long now = nanoTime.getAsLong();
    if ((lost > 0 || failure != null) && now - complainedNanos >= COMPLAINT_NANOS) {
      LOG.warn(
          "the access log {}: {} lines lost",
          failure == null ? "is too slow" : "can't be written (" + failure + ")",
          lost);
      complainedNanos = now;
      lost = 0;
    }
  }

  /** Writes what waits, for some seconds at most, and says what was lost. */
  @Override
  public void close() {
    writer.ifPresent(LineWriter::close);
    complainedNanos = nanoTime.getAsLong() - COMPLAINT_NANOS;
    complain();
  }
}
