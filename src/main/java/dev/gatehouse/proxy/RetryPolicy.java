package dev.gatehouse.proxy;

import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.RetryOn;
import org.jspecify.annotations.Nullable;

/** Whether a failed try is followed by another. Nothing may be executed twice. */
final class RetryPolicy {
  private static final long MAX_BACKOFF_NANOS = 250_000_000;

  private RetryPolicy() {}

  /** What follows. */
  enum Step {
    /** No other try. */
    GIVE_UP,
    /** The same backend at once, on a connection that nobody has used. */
    FRESH_CONNECTION,
    /** A backend that was not tried, at once. */
    ANOTHER,
    /** The same after a pause, as the budget allows, and if all were tried one of them again. */
    ANOTHER_LATER
  }

  /**
   * What is known of a failed try.
   *
   * @param why it failed; null: for a reason that has nothing to do with the backend
   * @param sent how often the request was sent, wholly or in part, this time included
   * @param answered whether a response was being passed on
   * @param bodyLost whether something of the request's body was read and is not there any more
   * @param untouched whether not one byte went out
   * @param pooled whether the connection had served others before, and broke without a word
   * @param freshTried whether such a connection was stood in for already
   */
  record Failed(
      String method,
      @Nullable RetryOn why,
      int sent,
      boolean answered,
      boolean bodyLost,
      boolean untouched,
      boolean pooled,
      boolean freshTried) {}

  /** RFC 9110 §9.2.2: only what was never sent, or is idempotent, is sent again. */
  static Step after(Failed failed, PoolConfig.Retry retry) {
    if (failed.answered() || failed.bodyLost() || failed.why() == null) {
      return Step.GIVE_UP;
    }
    boolean safe = failed.untouched() || retry.methods().contains(failed.method());
    if (failed.why() == RetryOn.RESET && failed.pooled() && safe && !failed.freshTried()) {
      return Step.FRESH_CONNECTION; // RFC 9112 §9.3.1; it says nothing of the backend
    }
    if (failed.untouched()) {
      return retry.on().contains(RetryOn.CONNECT) ? Step.ANOTHER : Step.GIVE_UP;
    }
    return safe && retry.on().contains(failed.why()) && failed.sent() <= retry.maxRetries()
        ? Step.ANOTHER_LATER
        : Step.GIVE_UP;
  }

  /**
   * Whether a try that was too late has only had the time that others had left: the backend has not
   * failed.
   *
   * @param timeUp whether the time for all tries is over
   * @param answered whether a response was being passed on; that it is long is no failure
   * @param waitedNanos for the response's beginning
   * @param patienceNanos the wait for it that is a failure
   */
  static boolean isCutShort(
      boolean timeUp, boolean answered, long waitedNanos, long patienceNanos) {
    return timeUp && (answered || waitedNanos < patienceNanos);
  }

  /** Why, if a response with this status is a reason. */
  static @Nullable RetryOn ofStatus(int status) {
    return switch (status) {
      case 502 -> RetryOn.STATUS_502;
      case 503 -> RetryOn.STATUS_503;
      case 504 -> RetryOn.STATUS_504;
      default -> null;
    };
  }

  /**
   * The pause before a request is sent again: anything up to a bound that doubles each time.
   *
   * @param sent how often it was sent
   * @param random from 0 to 1
   */
  static long backoffNanos(PoolConfig.Retry retry, int sent, double random) {
    long most = retry.backoff().toNanos() << Math.max(0, Math.min(sent - 1, 20));
    return (long) (Math.min(most, MAX_BACKOFF_NANOS) * random);
  }
}
