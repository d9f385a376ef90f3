package dev.gatehouse.balance;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import java.util.concurrent.TimeUnit;

/**
 * How many requests an upstream should have at a time, as learnt from how it does.
 *
 * <p>The lower of two rules: one follows the time that answers take compared with the usual one,
 * the other goes down with each answer that says "too much" and up again step by step. The former
 * does not look at such answers, which come quickly.
 *
 * <p>Thread-safe; takes a lock.
 */
final class AdaptiveLimit {
  private static final int FLOOR = 1; // else nobody would find out that it has recovered
  private static final int TOO_MANY_REQUESTS = 429; // RFC 6585 §4
  private static final int UNAVAILABLE = 503; // RFC 9110 §15.6.4
  private static final double GIVES_WAY = 0.9;

  private final Limit time;
  private final Limit refusals;

  /**
   * @param most where it begins, and ends at most
   */
  AdaptiveLimit(int most) {
    time =
        Gradient2Limit.newBuilder().initialLimit(most).minLimit(FLOOR).maxConcurrency(most).build();
    refusals =
        AIMDLimit.newBuilder()
            .initialLimit(most)
            .minLimit(FLOOR)
            .maxLimit(most)
            .backoffRatio(GIVES_WAY)
            .timeout(1, TimeUnit.DAYS) // slowness is the other one's business
            .build();
  }

  /**
   * What it should be after this.
   *
   * @param inFlight how many it had, this one included
   */
  int after(Ending ending, int inFlight) {
    if (isRefusal(ending)) {
      refusals.onSample(0, 0, inFlight, true);
    } else if (ending.isAnswered() && ending.nanos() > 0) {
      refusals.onSample(0, ending.nanos(), inFlight, false);
      time.onSample(0, ending.nanos(), inFlight, false);
    }
    return Math.min(time.getLimit(), refusals.getLimit());
  }

  private static boolean isRefusal(Ending ending) {
    return ending.kind() == Ending.Kind.TIMED_OUT
        || ending.status() == UNAVAILABLE
        || ending.status() == TOO_MANY_REQUESTS;
  }
}
