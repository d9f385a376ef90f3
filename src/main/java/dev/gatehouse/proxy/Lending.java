package dev.gatehouse.proxy;

import dev.gatehouse.balance.Lease;
import dev.gatehouse.balance.RequestKey;
import dev.gatehouse.balance.Waiting;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How one exchange comes by its backends, one after the other: at once, in the pool's line, or
 * after a pause.
 */
final class Lending {
  private final ProxyExchange exchange;
  private final Forwarder forwarder;
  private final RequestKey key;
  private final Tries tries;
  private volatile @Nullable Waiting place;

  Lending(ProxyExchange exchange, Forwarder forwarder, RequestKey key, Tries tries) {
    this.exchange = exchange;
    this.forwarder = forwarder;
    this.key = key;
    this.tries = tries;
  }

  /**
   * Makes the next try as soon as there is room for it: at a backend that was not tried, full as it
   * may be, while there is any.
   *
   * @param status ends the exchange if there is no backend, or none in time
   */
  void next(int status) {
    RequestKey now = key.again(tries.begun());
    Lease lease = forwarder.pool().lend(now, tries.tried());
    if (lease != null) {
      exchange.attempt(lease, false);
      return;
    }
    var next =
        new Waiting(now, tries.tried(), tries.waitUntilNanos(), called -> called(called, status));
    place = next; // before anybody can call: a later wait comes after that
    if (!forwarder.pool().await(next)) {
      exchange.end(status);
    } else if (exchange.client().isOver()) {
      forwarder.pool().leave(next);
    }
  }

  private void called(@Nullable Lease lease, int status) {
    tries.waited();
    if (lease == null) {
      exchange.end(status);
    } else {
      exchange.attempt(lease, false);
    }
  }

  /** Waits no longer: the client has got all that it gets. */
  void leave() {
    Waiting last = place;
    if (last != null) {
      forwarder.pool().leave(last);
    }
  }

  /** Goes on after the pause that there is before another try. */
  void pause(Runnable then) {
    Runnable late = () -> onThread(then);
    var unused =
        forwarder.client().getScheduler().schedule(late, tries.pauseNanos(), TimeUnit.NANOSECONDS);
  }

  /** Does what may take its time on one of the client's threads. */
  void onThread(Runnable work) {
    try {
      forwarder.client().getExecutor().execute(work);
    } catch (RejectedExecutionException e) { // it is being stopped
      exchange.end(FailureStatus.UNAVAILABLE);
    }
  }
}
