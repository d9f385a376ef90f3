package dev.gatehouse.cache;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Keys that share a lock. Who writes all tiers holds it. Who carries an entry up from a lower tier
 * has read without it: it carries up only if nobody has written since, so that nothing that was
 * replaced or removed comes back.
 */
final class Stripe {
  private final ReentrantLock lock = new ReentrantLock();
  private volatile long writes;

  static Stripe[] many(int count) {
    Stripe[] stripes = new Stripe[count];
    for (int i = 0; i < count; i++) {
      stripes[i] = new Stripe();
    }
    return stripes;
  }

  long writes() {
    return writes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  void write(Runnable write) {
    lock.lock();
    try {
      writes++;
      write.run();
    } finally {
      lock.unlock();
    }
  }

  /** Or not, if that would not be right or would mean to wait. */
  void writeUnlessSince(long seen, Runnable write) {
    if (!lock.tryLock()) {
      return;
    }
    try {
      if (writes == seen) {
        write.run();
      }
    } finally {
      lock.unlock();
    }
  }
}
