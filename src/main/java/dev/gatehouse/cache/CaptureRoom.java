package dev.gatehouse.cache;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the bodies that are to be stored may take in all while they come. Thread-safe. */
final class CaptureRoom {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  CaptureRoom(long most) {
    this.most = most;
  }

  /** Whether there would be room for so many more. */
  boolean has(long bytes) {
    return most - taken.get() >= bytes;
  }

  /** Takes so many, or nothing and says so. */
  boolean take(long bytes) {
    long before = taken.get();
    while (most - before >= bytes) {
      if (taken.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = taken.get();
    }
    return false;
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
