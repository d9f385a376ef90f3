package dev.gatehouse.servlet;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the application: who asks whether it is ready hears no, then new requests are turned
 * away, then those under way come to their end.
 *
 * <p>Thread-safe; the first call of each step counts.
 */
public final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** What the container still has to do for an exchange that is over to us. */
  private static final Duration LAST_BYTES = Duration.ofMillis(200);

  /** How far it is. */
  private enum Step {
    OPEN,
    UNREADY,
    CLOSED
  }

  private final Duration delay;
  private final Duration timeout;
  private final LongSupplier inFlight;
  private final Supplier<Duration> quiet;
  private final Pause pause;
  private volatile Step step = Step.OPEN;
  private boolean over; // guarded by this

  /**
   * Open, to begin with.
   *
   * @param delay between being unready and taking no more requests
   * @param timeout for the requests under way then
   * @param inFlight how many these are
   * @param quiet how long ago the last one ended, of those that have
   */
  public Closing(
      Duration delay,
      Duration timeout,
      LongSupplier inFlight,
      Supplier<Duration> quiet,
      Pause pause) {
    this.delay = delay;
    this.timeout = timeout;
    this.inFlight = inFlight;
    this.quiet = quiet;
    this.pause = pause;
  }

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    /** Waits for so long. */
    void of(Duration time) throws InterruptedException;
  }

  /** Whether whoever distributes requests should send some. */
  public boolean isReady() {
    return step == Step.OPEN;
  }

  /** Whether requests are taken. */
  public boolean takesRequests() {
    return step != Step.CLOSED;
  }

  /** Goes all the way and returns at the end of it; a second caller waits for the first. */
  public synchronized void close() {
    if (over) {
      return;
    }
    over = true;
    step = Step.UNREADY;
    try {
      pause.of(delay);
      step = Step.CLOSED;
      await();
      pause.of(lastBytes(quiet.get()));
    } catch (InterruptedException e) { // the container is in a hurry
      Thread.currentThread().interrupt();
    } finally {
      step = Step.CLOSED;
    }
  }

  private void await() throws InterruptedException {
    long left = inFlight.getAsLong();
    if (left == 0) {
      return;
    }
    LOG.info("Waiting for {} requests under way, at most {} s", left, timeout.toSeconds());
    for (Duration waited = Duration.ZERO;
        left > 0 && waited.compareTo(timeout) < 0;
        waited = waited.plus(LOOK)) {
      pause.of(LOOK);
      left = inFlight.getAsLong();
    }
    if (left > 0) {
      LOG.warn("{} requests under way are cut off", left);
    }
  }

  /** What is left of the container's time for the exchange that ended last, so long ago. */
  static Duration lastBytes(Duration quiet) {
    Duration left = LAST_BYTES.minus(quiet);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
