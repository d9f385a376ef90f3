package dev.gatehouse.cache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a tier could not do, and says so once a minute. */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String tier;
  private final LongSupplier nanoTime;
  private final LongAdder count = new LongAdder();
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong nextNanos;

  Faults(String tier, LongSupplier nanoTime) {
    this.tier = tier;
    this.nanoTime = nanoTime;
    this.nextNanos = new AtomicLong(nanoTime.getAsLong());
  }

  /** Its class alone: a message of Ehcache may name the key, and that a query string. */
  void count(Throwable fault) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    count(cause.getClass().getSimpleName());
  }

  /** Where no key is in it yet: what it says. */
  void countOpening(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    count("not opened, " + root);
  }

  void count(String words) {
    count.increment();
    long now = nanoTime.getAsLong();
    long next = nextNanos.get();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + QUIET_NANOS)) {
      long all = count.sum();
      LOG.warn(
          "cache, {}: goes on without it where it fails; {} faults since the last word; the latest: {}",
          tier,
          all - told.getAndSet(all),
          words);
    }
  }

  long sum() {
    return count.sum();
  }
}
