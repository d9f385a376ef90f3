package dev.gatehouse.cache;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster has yet to be told: the last change of each key, in order, and whether all it
 * holds must go first. Thread-safe.
 *
 * <p>Bounded: of what is put, more is not taken. What must be forgotten is never dropped: a quarter
 * of the places is for nothing else, and where there is too much of it, everything is to be
 * forgotten.
 */
final class Owed {
  private static final int MOST_KEYS = 50_000;
  private static final long MOST_BYTES = 32L << 20;

  private final int mostKeys;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition some = lock.newCondition();
  private final Map<String, Change> changes = new LinkedHashMap<>();
  private long bytes;
  private long alls; // how often all had to go since it last did
  private boolean woken;

  Owed() {
    this(MOST_KEYS, MOST_BYTES);
  }

  Owed(int mostKeys, long mostBytes) {
    this.mostKeys = mostKeys;
    this.mostBytes = mostBytes;
  }

  /**
   * Of one key.
   *
   * @param stored what is to stand there; null: nothing
   */
  record Change(String key, @Nullable Stored stored, long bytes) {}

  /** False: there is no room for it; then the key is to be forgotten, if there is room for that. */
  boolean put(String key, Stored stored) {
    lock.lock();
    try {
      long size = HeapEntry.bytesOf(key, stored);
      boolean place = drop(key) || hasPlace();
      boolean room = place && bytes + size <= mostBytes;
      if (room) {
        add(new Change(key, stored, size));
      } else if (place) {
        addForgotten(key);
      }
      return room;
    } finally {
      lock.unlock();
    }
  }

  /** What it holds should no longer be found, though no harm is done if it is. */
  void forget(String key) {
    lock.lock();
    try {
      if (drop(key) || hasPlace()) {
        addForgotten(key);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What it holds must never be found again. */
  void remove(String key) {
    lock.lock();
    try {
      if (alls == 0 && (drop(key) || changes.size() < mostKeys)) {
        addForgotten(key);
      } else {
        removeAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** None of what it holds must ever be found again. */
  void removeAll() {
    lock.lock();
    try {
      changes.clear();
      bytes = 0;
      alls++;
      some.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Those that were to be put are to be forgotten: by the time they could be, others are newer. */
  void giveUpPuts() {
    lock.lock();
    try {
      changes.replaceAll((key, each) -> new Change(key, null, 0));
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }

  /** How often all had to go; zero: not at all. */
  long alls() {
    lock.lock();
    try {
      return alls;
    } finally {
      lock.unlock();
    }
  }

  /** All is gone that had to when it was asked for so often. */
  void allGone(long asked) {
    lock.lock();
    try {
      alls = alls == asked ? 0 : alls;
    } finally {
      lock.unlock();
    }
  }

  /** The change of this key that has yet to be told; null: none. */
  @Nullable Change of(String key) {
    lock.lock();
    try {
      return changes.get(key);
    } finally {
      lock.unlock();
    }
  }

  List<Change> list() {
    lock.lock();
    try {
      return List.copyOf(changes.values());
    } finally {
      lock.unlock();
    }
  }

  /** The oldest, which stays until it is {@link #told}; null: none came in this time. */
  @Nullable Change await(long millis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (changes.isEmpty() && alls == 0 && !woken && nanos > 0) {
        nanos = some.awaitNanos(nanos);
      }
      woken = false;
      Iterator<Change> oldest = changes.values().iterator();
      return oldest.hasNext() ? oldest.next() : null;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // another one may have come meanwhile
  void told(Change change) {
    lock.lock();
    try {
      if (changes.get(change.key()) == change) {
        drop(change.key());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Who waits, or is about to, does not. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      some.signal();
    } finally {
      lock.unlock();
    }
  }

  private void add(Change change) {
    changes.put(change.key(), change);
    bytes += change.bytes();
    some.signal();
  }

  /** With nothing else before all has gone. */
  private void addForgotten(String key) {
    if (alls == 0) {
      add(new Change(key, null, 0));
    }
  }

  /** Whether there is one for what may be dropped. */
  private boolean hasPlace() {
    return changes.size() < mostKeys - mostKeys / 4;
  }

  /** Whether there was one, whose place is free now. */
  private boolean drop(String key) {
    Change before = changes.remove(key);
    if (before != null) {
      bytes -= before.bytes();
    }
    return before != null;
  }
}
