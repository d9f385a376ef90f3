package dev.gatehouse.cache;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.ehcache.impl.internal.executor.OnDemandExecutionService;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes for Ehcache. Records wait for it on the heap, in a queue without a bound:
 * so we count what waits, by a task behind each record's own, as all run in order.
 */
final class DiskWriter extends OnDemandExecutionService {
  static final String ALIAS = "gatehouse-cache-disk";

  private static final long MOST_WAITING_BYTES = 32L << 20;

  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile @Nullable ExecutorService executor;

  @Override
  public ExecutorService getOrderedExecutor(String alias, BlockingQueue<Runnable> queue) {
    ExecutorService made = super.getOrderedExecutor(alias, queue);
    if (ALIAS.equals(alias)) {
      executor = made;
    }
    return made;
  }

  boolean keepsUp() {
    return waitingBytes.get() < MOST_WAITING_BYTES;
  }

  void handed(int bytes) {
    ExecutorService writing = executor;
    if (writing == null) {
      return;
    }
    waitingBytes.addAndGet(bytes);
    try {
      writing.execute(() -> waitingBytes.addAndGet(-bytes));
    } catch (RejectedExecutionException e) {
      waitingBytes.addAndGet(-bytes); // being closed
    }
  }
}
