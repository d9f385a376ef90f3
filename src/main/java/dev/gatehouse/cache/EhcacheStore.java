package dev.gatehouse.cache;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Responses on the heap and, if so set, off the heap, on disk and in a cluster, each an Ehcache of
 * its own: so the heap counts bytes as it does alone, and a tier that fails is left out while the
 * others go on. (In one Ehcache with tiers the lowest has the say: without it nothing can be put.)
 * A lower tier holds what those above it hold, by its own order of eviction, and under a {@link
 * LowerKey}. What is found below is carried up.
 */
public final class EhcacheStore implements CacheStore {
  private static final int STRIPES = 64;

  private final HeapTier heap;
  private final Faults heapFaults;
  private final List<LowerTier> lower; // the quickest first
  private final List<Faults> lowerFaults; // of those left out, too
  private final Stripe[] stripes = Stripe.many(STRIPES);
  private volatile boolean closed;

  /** Opens all tiers; one that can't be opened is left out, and a WARN says so. */
  public EhcacheStore(Tiers tiers, LongSupplier nanoTime, RandomGenerator random) {
    this(
        new HeapTier(tiers.heapEntries(), tiers.heapBytes(), nanoTime, random),
        new Faults("heap", nanoTime),
        new LowerTiers(tiers, nanoTime));
  }

  private EhcacheStore(HeapTier heap, Faults heapFaults, LowerTiers below) {
    this(heap, heapFaults, below.opened(), below.faults());
  }

  EhcacheStore(HeapTier heap, Faults heapFaults, List<LowerTier> lower, List<Faults> lowerFaults) {
    this.heap = heap;
    this.heapFaults = heapFaults;
    this.lower = lower;
    this.lowerFaults = lowerFaults;
  }

  @Override
  public @Nullable Stored get(String key) {
    if (closed) {
      return null;
    }
    try {
      Stored stored = heap.get(key);
      return stored != null || lower.isEmpty() ? stored : fromBelow(key);
    } catch (RuntimeException e) {
      heapFaults.count(e);
      return null;
    }
  }

  private @Nullable Stored fromBelow(String key) {
    Stripe stripe = stripeOf(key);
    long seen = stripe.writes();
    String below = LowerKey.of(key);
    for (int i = 0; i < lower.size(); i++) {
      Stored stored = lower.get(i).get(below);
      if (stored != null) {
        int foundAt = i;
        stripe.writeUnlessSince(
            seen,
            () -> {
              if (closed) {
                return;
              }
              for (LowerTier above : lower.subList(0, foundAt)) {
                above.put(below, stored);
              }
              heap.put(key, stored);
            });
        return stored;
      }
    }
    return null;
  }

  @Override
  public void put(String key, Stored stored) {
    change(
        key,
        () -> {
          putBelow(key, stored);
          heap.put(key, stored);
        });
  }

  @Override
  public void remove(String key) {
    change(
        key,
        () -> {
          removeBelow(key);
          heap.remove(key);
        });
  }

  private void removeBelow(String key) {
    if (!lower.isEmpty()) {
      String below = LowerKey.of(key);
      lower.forEach(tier -> tier.remove(below));
    }
  }

  private void putBelow(String key, Stored stored) {
    if (!lower.isEmpty()) {
      String below = LowerKey.of(key);
      lower.forEach(tier -> tier.put(below, stored));
    }
  }

  private void change(String key, Runnable change) {
    if (closed) {
      return;
    }
    try {
      stripeOf(key)
          .write(
              () -> {
                if (!closed) { // while this waited
                  change.run();
                }
              });
    } catch (RuntimeException e) {
      heapFaults.count(e);
    }
  }

  @Override
  public long removeIf(Predicate<String> keys, Predicate<Stored> stored) {
    Removal removal = new Removal(stored);
    forEach(keys, removal, new Removal(stored));
    return removal.count;
  }

  @Override
  public long revise(Predicate<String> keys, UnaryOperator<StoredResponse> revision) {
    Revision each = new Revision(revision);
    forEach(keys, each, new Revision(revision));
    return each.count;
  }

  /**
   * Hands over all that is there, by any of its keys.
   *
   * @param again gets what is on the heap afterwards: what was carried up meanwhile, and is not
   *     found there by the key that it has below
   */
  private void forEach(Predicate<String> keys, HeapTier.Each each, HeapTier.Each again) {
    if (closed) {
      return;
    }
    onHeap(keys, each);
    if (!lower.isEmpty()) {
      for (LowerTier tier : lower) {
        tier.forEach(keys, each); // those that were above are gone from there, or done
      }
      onHeap(keys, again);
    }
  }

  private void onHeap(Predicate<String> keys, HeapTier.Each each) {
    try {
      heap.forEach(keys, each);
    } catch (RuntimeException e) {
      heapFaults.count(e);
    }
  }

  /** Entries of the tier that holds most, bytes of all, evictions from the last of our own. */
  @Override
  public Holding holding() {
    long entries = 0;
    long bytes = 0;
    long evictions = 0;
    for (Map.Entry<String, Holding> each : tiers().entrySet()) {
      Holding tier = each.getValue();
      entries = Math.max(entries, tier.entries());
      bytes += tier.bytes();
      if (!each.getKey().equals(ClusterTier.NAME)) {
        evictions = tier.evictions();
      }
    }
    long faults = heapFaults.sum() + lowerFaults.stream().mapToLong(Faults::sum).sum();
    return new Holding(entries, bytes, evictions, faults);
  }

  @Override
  public Map<String, Holding> tiers() {
    Map<String, Holding> tiers = new LinkedHashMap<>();
    Holding top = heap.holding();
    tiers.put("heap", new Holding(top.entries(), top.bytes(), top.evictions(), heapFaults.sum()));
    for (LowerTier tier : lower) {
      tiers.put(tier.name(), tier.holding());
    }
    return tiers;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Stripe each : stripes) {
      each.write(() -> {}); // who was before us has written by now
    }
    lower.forEach(LowerTier::close);
    heap.close();
  }

  /** The same for all keys of one target, be they those on the heap or below. */
  private Stripe stripeOf(String key) {
    int hash = LowerKey.commonHash(key);
    return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
  }

  private final class Removal implements HeapTier.Each {
    private final Predicate<Stored> doomed;
    private long count;

    private Removal(Predicate<Stored> doomed) {
      this.doomed = doomed;
    }

    @Override
    public void accept(String key, Stored stored) {
      if (doomed.test(stored)) {
        remove(key);
        count += stored instanceof StoredResponse ? 1 : 0;
      }
    }
  }

  private final class Revision implements HeapTier.Each {
    private final UnaryOperator<StoredResponse> revision;
    private long count;

    private Revision(UnaryOperator<StoredResponse> revision) {
      this.revision = revision;
    }

    @Override
    public void accept(String key, Stored stored) {
      if (isOther(stored)) {
        change(key, () -> replace(key));
      }
    }

    /** Under the lock: it may be another one by now. */
    private void replace(String key) {
      Stored above = heap.get(key);
      Stored current = above == null ? below(key) : above;
      if (current == null) { // a tier that can be told only; if it was evicted, no matter
        removeBelow(key);
        count++;
      } else if (current instanceof StoredResponse old && isOther(old)) {
        StoredResponse anew = revision.apply(old);
        removeBelow(key); // whether or not what comes now is taken
        putBelow(key, anew);
        if (above != null) { // what is below only stays there
          heap.put(key, anew);
        }
        count++;
      }
    }

    private @Nullable Stored below(String key) {
      String below = LowerKey.of(key);
      Stored found = null;
      for (int i = 0; i < lower.size() && found == null; i++) {
        found = lower.get(i).get(below);
      }
      return found;
    }

    @SuppressWarnings("ReferenceEquality") // as it was given, or not
    private boolean isOther(Stored stored) {
      return stored instanceof StoredResponse old && revision.apply(old) != old;
    }
  }
}
