package dev.gatehouse.cache;

import java.util.function.Predicate;
import org.ehcache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * What several proxies share, with all that may go wrong on the way there.
 *
 * <p>Who reads waits for a moment at most; whoever has waited in vain ends the reading for all,
 * until the {@link ClusterLink} has found the cluster again. Nobody waits for a write. What is owed
 * is found as if it had been written. A cluster that is slow for us, and perhaps for nobody else,
 * is told what must go, and looked through by who purges, but neither read nor filled.
 */
final class ClusterTier implements LowerTier {
  static final String NAME = "cluster";

  private final Faults faults;
  private final Owed owed;
  private final ClusterLink link;

  ClusterTier(ClusterLink link, Owed owed, Faults faults) {
    this.link = link;
    this.owed = owed;
    this.faults = faults;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable Stored get(String key) {
    ByteCache reached = link.reached();
    if (reached == null || owed.alls() > 0) {
      return null;
    }
    Owed.Change change = owed.of(key);
    if (change != null) {
      return change.stored();
    }
    if (link.isSlow()) {
      return null;
    }
    try {
      byte[] record = link.read(reached, key);
      if (record == null) {
        return null;
      }
      Stored stored = StoredRecord.read(key, record, reached.hashed());
      if (stored == null) {
        faults.count("a record that is not whole"); // or of another release, which may need it
      }
      return stored;
    } catch (RuntimeException e) {
      link.lost(reached, e);
      return null;
    }
  }

  @Override
  public void put(String key, Stored stored) {
    if (link.reached() == null) {
      owed.forget(key);
    } else if (link.isSlow() && owed.of(key) == null) {
      return; // others may go on with what is there: it would come late, and go for nothing
    } else if (!owed.put(key, stored)) {
      faults.count("it does not keep up");
    }
  }

  @Override
  public void remove(String key) {
    owed.remove(key);
  }

  /** What can't be looked through is to be forgotten as a whole. */
  @Override
  public void forEach(Predicate<String> keys, HeapTier.Each each) {
    ByteCache reached = link.reached();
    if (reached == null) {
      owed.removeAll();
      return;
    }
    for (Owed.Change change : owed.list()) {
      Stored stored = change.stored();
      if (stored != null && keys.test(change.key())) {
        each.accept(change.key(), stored);
      }
    }
    try {
      for (Cache.Entry<String, byte[]> entry : reached.cache()) {
        if (keys.test(entry.getKey())) {
          Stored stored = StoredRecord.read(entry.getKey(), entry.getValue(), reached.hashed());
          if (stored != null) {
            each.accept(entry.getKey(), stored);
          }
        }
      }
    } catch (RuntimeException e) {
      owed.removeAll();
      link.lost(reached, e);
    }
  }

  /** Only the server knows how much there is; it is not asked. */
  @Override
  public CacheStore.Holding holding() {
    boolean on = link.reached() != null && !link.isSlow();
    return new CacheStore.Holding(0, 0, 0, faults.sum(), on);
  }

  @Override
  public void close() {
    link.close();
  }
}
