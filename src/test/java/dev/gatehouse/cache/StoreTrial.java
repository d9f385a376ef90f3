package dev.gatehouse.cache;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** A store under many threads; what is found is held against what was stored, byte for byte. */
public final class StoreTrial implements AutoCloseable {
  private static final int LARGEST_BYTES = 64 << 10;

  private final EhcacheStore store;
  private final int keys;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final AtomicLong mostBytes = new AtomicLong();

  private StoreTrial(Tiers tiers, int keys) {
    this.store = new EhcacheStore(tiers, System::nanoTime, new SplittableRandom(1));
    this.keys = keys;
  }

  /** On the heap alone, with ten times as much to keep as there is room for. */
  public static StoreTrial tenfold(long bytes) {
    return new StoreTrial(
        new Tiers(1_000_000, bytes, 0, Optional.empty()), (int) (10 * bytes / (LARGEST_BYTES / 2)));
  }

  /** Threads that ask for any key and store what is not there, for so long. */
  public void run(int threads, int seconds) throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread thread =
          new Thread(
              () -> {
                while (System.nanoTime() - end < 0) {
                  step(random);
                }
              });
      thread.setUncaughtExceptionHandler((which, thrown) -> wrong.increment());
      thread.start();
      all.add(thread);
    }
    for (Thread thread : all) {
      thread.join();
    }
  }

  private void step(SplittableRandom random) {
    String key = "k" + (random.nextInt(4) == 0 ? random.nextInt(50) : random.nextInt(keys));
    Stored found = store.get(key);
    if (found == null) {
      misses.increment();
      store.put(key, StoreSamples.response(key, sizeOf(key)));
    } else {
      hits.increment();
      if (!StoreSamples.isOf(key, found) || ((StoredResponse) found).body().length != sizeOf(key)) {
        wrong.increment();
      }
    }
    if (random.nextInt(1000) == 0) {
      store.remove(key);
    }
    mostBytes.accumulateAndGet(store.holding().bytes(), Math::max);
  }

  private static int sizeOf(String key) {
    return new SplittableRandom(key.hashCode()).nextInt(LARGEST_BYTES);
  }

  public long hits() {
    return hits.sum();
  }

  public long misses() {
    return misses.sum();
  }

  /** Found, but not what was stored; or thrown. */
  public long wrong() {
    return wrong.sum();
  }

  public long mostBytes() {
    return mostBytes.get();
  }

  public CacheStore.Holding holding() {
    return store.holding();
  }

  @Override
  public void close() {
    store.close();
  }

  /**
   * Opens a store on disk, looks through all that is there, and writes.
   *
   * @param arguments the directory, and for how many seconds
   */
  public static void main(String[] arguments) throws InterruptedException {
    long begin = System.nanoTime();
    Tiers tiers =
        new Tiers(1, 1 << 20, 0, Optional.of(new Tiers.Disk(Path.of(arguments[0]), 256L << 20)));
    StoreTrial trial = new StoreTrial(tiers, 5_000);
    long openMillis = (System.nanoTime() - begin) / 1_000_000;
    int found = 0;
    int torn = 0;
    for (int i = 0; i < trial.keys; i++) {
      Stored stored = trial.store.get("k" + i);
      found += stored == null ? 0 : 1;
      torn += stored == null || StoreSamples.isOf("k" + i, stored) ? 0 : 1;
    }
    System.out.printf(
        "%d %d %d %d %d%n",
        openMillis, trial.store.tiers().containsKey("disk") ? 1 : 0, found, torn, trial.wrong());
    trial.run(4, Integer.parseInt(arguments[1]));
    trial.close();
  }
}
