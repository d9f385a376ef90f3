package dev.gatehouse.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * What is on the heap, by bytes and in number, and who goes when there is no more room.
 *
 * <p>An entry is entered before it can be found and struck out before it is gone, so what is found
 * is never more than is entered, and that is never above the bounds. Who is sampled goes by the
 * time of its last use; few enough, and all are looked at, so small caches are exact. The lock is
 * held for some hundred nanoseconds and never by a hit.
 */
final class HeapLedger {
  /** Of this many at random, the one not used for longest is rarely among the newer half. */
  private static final int SAMPLES = 16;

  private static final int FEW = 64;

  private final int maxEntries;
  private final long maxBytes;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private HeapEntry[] entries = new HeapEntry[16]; // none after the first count
  private int count;
  private long bytes;
  private long evictions;

  HeapLedger(int maxEntries, long maxBytes, RandomGenerator random) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    this.random = random;
  }

  /** Whether it could ever be entered. */
  boolean takes(HeapEntry entry) {
    return entry.bytes <= maxBytes && maxEntries > 0;
  }

  /**
   * Enters one that it {@link #takes}.
   *
   * @return those struck out for it, which the caller removes
   */
  List<HeapEntry> enter(HeapEntry entry) {
    lock.lock();
    try {
      List<HeapEntry> victims = List.of();
      while (count == maxEntries || bytes + entry.bytes > maxBytes) {
        if (victims.isEmpty()) {
          victims = new ArrayList<>(2);
        }
        HeapEntry victim = leastRecentlyUsed();
        strike(victim);
        victims.add(victim);
      }
      if (count == entries.length) {
        entries = Arrays.copyOf(entries, 2 * count);
      }
      entries[count] = entry;
      entry.place = count++;
      bytes += entry.bytes;
      evictions += victims.size();
      return victims;
    } finally {
      lock.unlock();
    }
  }

  /** Strikes it out, if it is not yet. */
  void leave(HeapEntry entry) {
    lock.lock();
    try {
      if (entry.place >= 0) {
        strike(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean has(HeapEntry entry) {
    lock.lock();
    try {
      return entry.place >= 0;
    } finally {
      lock.unlock();
    }
  }

  CacheStore.Holding holding() {
    lock.lock();
    try {
      return new CacheStore.Holding(count, bytes, evictions, 0);
    } finally {
      lock.unlock();
    }
  }

  private HeapEntry leastRecentlyUsed() {
    boolean all = count <= FEW;
    int looks = all ? count : SAMPLES;
    HeapEntry oldest = entries[all ? 0 : random.nextInt(count)];
    for (int i = 1; i < looks; i++) {
      HeapEntry other = entries[all ? i : random.nextInt(count)];
      if (other.usedNanos() - oldest.usedNanos() < 0) {
        oldest = other;
      }
    }
    return oldest;
  }

  /** The last one takes its place. */
  @SuppressWarnings("NullAway") // the free part of the array
  private void strike(HeapEntry entry) {
    HeapEntry last = entries[--count];
    entries[entry.place] = last;
    last.place = entry.place;
    entries[count] = null;
    entry.place = -1;
    bytes -= entry.bytes;
  }
}
