package dev.gatehouse.cache;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether the disk can take more, asked every second and when so much has been given to it as it
 * had left. Ehcache's file is mapped and has holes: to write where the disk is full is an error of
 * the JVM, so it must not come to that.
 */
final class DiskRoom {
  private static final long RESERVE_BYTES = 64L << 20;
  private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier usableBytes;
  private final LongSupplier nanoTime;
  private final AtomicLong nextNanos;
  private final AtomicLong leftBytes = new AtomicLong();

  DiskRoom(Path directory, LongSupplier nanoTime) {
    this(() -> usableBytes(directory), nanoTime);
  }

  DiskRoom(LongSupplier usableBytes, LongSupplier nanoTime) {
    this.usableBytes = usableBytes;
    this.nanoTime = nanoTime;
    this.nextNanos = new AtomicLong(nanoTime.getAsLong() + ASK_NANOS);
    ask();
  }

  boolean isEnough() {
    long now = nanoTime.getAsLong();
    long next = nextNanos.get();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + ASK_NANOS)) {
      ask();
    }
    return leftBytes.get() > 0;
  }

  /** So much more will be written. */
  void taken(int bytes) {
    if (leftBytes.addAndGet(-bytes) <= 0) {
      ask();
    }
  }

  private void ask() {
    leftBytes.set(usableBytes.getAsLong() - RESERVE_BYTES);
  }

  private static long usableBytes(Path directory) {
    try {
      FileStore store = Files.getFileStore(directory);
      return store.isReadOnly() || !Files.isWritable(directory) ? 0 : store.getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }
}
