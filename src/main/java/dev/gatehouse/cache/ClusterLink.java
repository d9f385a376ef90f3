package dev.gatehouse.cache;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a cluster, on a thread of its own: opens it, tells it what is {@link Owed}, and when
 * it is lost, looks for it with growing pauses. No request ever waits for any of that. One that is
 * slow is told all the same, as others may read it quickly; only we do not.
 */
final class ClusterLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLink.class);

  private static final long IDLE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final long CLOSING_MILLIS = 1_000;
  private static final int MOST_AT_ONCE = 1_000; // told to one that may be quick by then

  private static final long LATE_NANOS = ClusterCache.READ.toNanos();

  /** No response's key. */
  private static final String NO_KEY = "";

  private final Opening opening;
  private final Owed owed;
  private final Faults faults;
  private final LongSupplier nanoTime;
  private final long firstPauseMillis;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final AtomicReference<@Nullable ByteCache> reached = new AtomicReference<>();
  private final AtomicReference<Pace> pace;
  private final Thread thread;
  private volatile boolean slow;
  private @Nullable ByteCache opened; // the thread's own
  private long pauseMillis;

  /** Begins to look for it. */
  ClusterLink(
      Opening opening, Owed owed, Faults faults, LongSupplier nanoTime, long firstPauseMillis) {
    this.nanoTime = nanoTime;
    this.opening = opening;
    this.owed = owed;
    this.faults = faults;
    this.firstPauseMillis = firstPauseMillis;
    this.pauseMillis = firstPauseMillis;
    this.pace = new AtomicReference<>(Pace.since(nanoTime.getAsLong()));
    this.thread = new Thread(this::run, "gatehouse-cache-cluster");
    thread.setDaemon(true);
    thread.setContextClassLoader(ClusterLink.class.getClassLoader()); // finds its services there
    thread.start();
  }

  /** Null: it is lost, or was never found. */
  @Nullable ByteCache reached() {
    return reached.get();
  }

  /** Whether no request is to ask it just now. */
  boolean isSlow() {
    return slow;
  }

  /** What stands there; throws if it did not answer in time, which Ehcache takes for a miss. */
  byte @Nullable [] read(ByteCache from, String key) {
    long asked = nanoTime.getAsLong();
    byte[] record = from.cache().get(key);
    long answered = nanoTime.getAsLong();
    if (record == null && answered - asked >= LATE_NANOS) {
      throw new IllegalStateException("late");
    }
    if (!slow && pace.updateAndGet(before -> before.after(asked, answered)).isTooSlow()) {
      slow = true;
      pace.set(Pace.since(answered));
      faults.count("it is slow");
    }
    return record;
  }

  /** It did not answer: nobody else shall wait for it. */
  void lost(ByteCache asked, Throwable failure) {
    faults.count(failure);
    if (reached.compareAndSet(asked, null)) {
      owed.wake();
    }
  }

  private void run() {
    try {
      while (ending.getCount() > 0) {
        ByteCache now = opened;
        if (now == null) {
          open();
        } else if (reached.get() == null) {
          lookAgain(now);
        } else {
          if (slow) {
            tellSlowly(now);
          } else {
            boolean unused = tell(now, IDLE_MILLIS);
          }
          if (reached.get() == null) {
            pause();
          }
        }
      }
      tellTheRest();
    } catch (InterruptedException e) {
      LOG.debug("cache, cluster: ends before all is written"); // its thread ends: no need of a flag
    } finally {
      ByteCache last = reached.getAndSet(null);
      shut(last != null && answers(last));
    }
  }

  private void open() throws InterruptedException {
    try {
      opened = opening.open();
    } catch (RuntimeException | LinkageError e) {
      faults.countOpening(e);
      pause();
    }
  }

  /** It may have been late for once; else it is opened anew, as a server that was ended forgets. */
  private void lookAgain(ByteCache now) throws InterruptedException {
    owed.giveUpPuts();
    if (answers(now)) {
      pauseMillis = firstPauseMillis;
      reached.set(now);
      LOG.info("cache, cluster: found");
    } else {
      shut(false);
      pause();
    }
  }

  private boolean answers(ByteCache now) {
    try {
      byte[] unused = read(now, NO_KEY);
      forgetAll(now);
      return true;
    } catch (RuntimeException e) {
      faults.count(e);
      return false;
    }
  }

  /** And asks it whether it is quick again. */
  private void tellSlowly(ByteCache now) throws InterruptedException {
    int told = 0;
    while (told < MOST_AT_ONCE && ending.getCount() > 0 && tell(now, 0)) {
      told++;
    }
    if (reached.get() == null || ending.await(firstPauseMillis, TimeUnit.MILLISECONDS)) {
      return;
    }
    try {
      long asked = nanoTime.getAsLong();
      byte[] unused = read(now, NO_KEY);
      if (Pace.isQuick(nanoTime.getAsLong() - asked)) {
        slow = false;
        LOG.info("cache, cluster: quick again");
      }
    } catch (RuntimeException e) {
      lost(now, e);
    }
  }

  private void forgetAll(ByteCache now) {
    for (long asked = owed.alls(); asked > 0; asked = owed.alls()) {
      now.cache().clear();
      owed.allGone(asked);
    }
  }

  private boolean tell(ByteCache now, long millis) throws InterruptedException {
    try {
      forgetAll(now); // before what has come after that
      Owed.Change change = owed.await(millis);
      if (change != null) {
        tell(now, change);
        owed.told(change);
      }
      return change != null || owed.alls() > 0;
    } catch (RuntimeException e) {
      lost(now, e);
      return false;
    }
  }

  private static void tell(ByteCache now, Owed.Change change) {
    Stored stored = change.stored();
    if (stored == null) {
      now.cache().remove(change.key());
    } else {
      now.cache().put(change.key(), StoredRecord.of(change.key(), stored, now.hashed()));
    }
  }

  /** Until it is interrupted. */
  private void tellTheRest() throws InterruptedException {
    ByteCache now = reached.get();
    while (now != null && tell(now, 0)) {
      now = reached.get();
    }
  }

  private void pause() throws InterruptedException {
    boolean unused = ending.await(pauseMillis, TimeUnit.MILLISECONDS);
    pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
  }

  private void shut(boolean alive) {
    ByteCache now = opened;
    opened = null;
    if (now != null) {
      try {
        now.close(alive);
      } catch (RuntimeException e) {
        faults.count(e);
      }
    }
  }

  @Override
  public void close() {
    ending.countDown();
    owed.wake();
    try {
      thread.join(CLOSING_MILLIS);
      thread.interrupt();
      thread.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a server, and fails if there is none. */
  interface Opening {
    ByteCache open();
  }
}
