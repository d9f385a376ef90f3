package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.Ascii;
import dev.gatehouse.http.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is stored for a target, one response or several (RFC 9111 §4.1). Where requests have bodies,
 * the index is for all of them, and each of them has variants of its own. So it is with what a
 * proxy before us says of the target, but that each such word has an index of its own, too: behind
 * it there may be many sites, which strangers who come past it are not to put out. Thread-safe; to
 * find takes no lock.
 */
final class Variants {
  private static final int MOST_NAMES = 4; // lists of names that a target's Vary has had
  private static final int MOST_VARIANTS = 128;
  private static final int MOST_BODIES = 65_536; // variants of all bodies together
  private static final int MOST_FRONTS = 65_536; // words of proxies before us
  private static final int LOCKS = 64;

  private final CacheStore store;
  private final RandomGenerator random;
  private final List<String> always;
  private final Vary vary;
  private final Object[] locks = new Object[LOCKS];

  /**
   * @param always names of request fields that select as if each Vary listed them
   * @param vary which of their values are the same
   */
  Variants(CacheStore store, RandomGenerator random, Collection<String> always, Vary vary) {
    this.store = store;
    this.random = random;
    this.vary = vary;
    this.always = always.stream().map(Ascii::lower).distinct().sorted().toList();
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  /**
   * What a request finds.
   *
   * @param stored selected by key and Vary; null: nothing
   * @param absent why there is nothing, if there is nothing
   * @param under the key of what is there, or of what will probably be
   */
  record Found(@Nullable StoredResponse stored, Forward absent, String under) {
    Optional<StoredResponse> response() {
      return Optional.ofNullable(stored);
    }
  }

  /**
   * Looks.
   *
   * @param request the fields that the origin gets; asked for only where something selects by them
   */
  Found find(String key, Supplier<Fields> request) {
    if (!CacheKey.hasFront(key)) {
      return among(store.get(CacheKey.withoutBody(key)), key, request);
    }
    if (store.get(CacheKey.root(key)) instanceof VaryIndex all && all.fronts() > 0) {
      String within = CacheKey.within(key, all.frontsGeneration());
      return among(store.get(CacheKey.withoutBody(within)), within, request);
    }
    return among(null, key, request); // a second look would cost, and find nothing
  }

  private Found among(@Nullable Stored there, String key, Supplier<Fields> request) {
    if (there instanceof VaryIndex index) {
      return select(key, index, request);
    }
    return always.isEmpty() && !CacheKey.hasBody(key)
        ? new Found((StoredResponse) there, Forward.URI_MISS, key)
        : new Found(null, Forward.URI_MISS, variant(key, 0, always, request));
  }

  private String variant(
      String key, long generation, List<String> names, Supplier<Fields> request) {
    return variant(key, generation, names, names.isEmpty() ? Fields.NONE : request.get());
  }

  private String variant(String key, long generation, List<String> names, Fields request) {
    return CacheKey.variant(key, generation, names, request, vary);
  }

  /** The values of these fields, equal where they select the same. */
  String selection(List<String> names, Fields request) {
    return variant("", 0, names, request);
  }

  /** The names of the fields that select a response with these lines of Vary. */
  List<String> selecting(List<String> vary) {
    List<String> names = names(vary);
    if (always.isEmpty() || names.equals(always)) {
      return names;
    }
    TreeSet<String> all = new TreeSet<>(names);
    all.addAll(always);
    return List.copyOf(all);
  }

  /** §4.1: of several that are selected, the most recent. */
  private Found select(String key, VaryIndex index, Supplier<Fields> request) {
    StoredResponse best = null;
    String under = "";
    for (List<String> names : index.names()) {
      if (!names.containsAll(always)) {
        continue; // stored under other settings, and perhaps for others
      }
      String variant = variant(key, index.generation(), names, request);
      under = under.isEmpty() ? variant : under;
      if (store.get(variant) instanceof StoredResponse stored
          && (best == null || stored.storedAt().isAfter(best.storedAt()))) {
        best = stored;
        under = variant;
      }
    }
    if (under.isEmpty()) {
      under = variant(key, index.generation(), always, request);
    }
    Forward absent = CacheKey.hasBody(key) ? Forward.MISS : Forward.VARY_MISS; // it may be the body
    return new Found(best, absent, under);
  }

  /**
   * Keeps a response in the place of the one that the same request would find.
   *
   * @return under which key
   */
  String put(String key, Fields request, StoredResponse response) {
    String root = CacheKey.root(key);
    synchronized (lock(root)) {
      return putWithin(CacheKey.hasFront(key) ? entered(key, root) : key, request, response);
    }
  }

  private String putWithin(String key, Fields request, StoredResponse response) {
    List<String> names = selecting(response.fields().all("Vary"));
    String root = CacheKey.withoutBody(key);
    boolean hasBody = CacheKey.hasBody(key);
    Stored there = store.get(root);
    if (names.isEmpty() && !hasBody && !(there instanceof VaryIndex)) {
      store.put(key, response);
      return key;
    }
    VaryIndex index = there instanceof VaryIndex known ? known : index();
    String under = variant(key, index.generation(), names, request);
    if (store.get(under) == null || !index.names().contains(names)) {
      index = grown(index, names, hasBody ? MOST_BODIES : MOST_VARIANTS);
      under = variant(key, index.generation(), names, request);
      store.put(root, index);
    }
    store.put(under, response);
    return under;
  }

  /** The key's place among all fronts', which is made if there is none yet. */
  private String entered(String key, String root) {
    VaryIndex index = store.get(root) instanceof VaryIndex known ? known : index();
    String within = CacheKey.within(key, index.frontsGeneration());
    if (index.fronts() > 0 && store.get(CacheKey.withoutBody(within)) != null) {
      return within;
    }
    boolean anew = index.fronts() == 0 || index.fronts() >= MOST_FRONTS;
    VaryIndex more =
        anew
            ? index.withFronts(random.nextLong(), 1)
            : index.withFronts(index.frontsGeneration(), index.fronts() + 1);
    store.put(root, more);
    return CacheKey.within(key, more.frontsGeneration());
  }

  /** With too many variants it begins anew: nobody is to fill the store with one target. */
  private VaryIndex grown(VaryIndex index, List<String> names, int most) {
    if (index.variants() >= most) {
      return index.withVariants(random.nextLong(), List.of(names), 1);
    }
    List<List<String>> all = new ArrayList<>();
    all.add(names);
    for (List<String> each : index.names()) {
      if (!each.equals(names) && all.size() < MOST_NAMES) {
        all.add(each);
      }
    }
    return index.withVariants(index.generation(), all, index.variants() + 1);
  }

  private VaryIndex index() {
    return new VaryIndex(random.nextLong(), List.of(), 0, 0, 0);
  }

  /**
   * Puts the same response, with other fields, where it was found, if it still is there.
   *
   * @param key of its target
   */
  void update(String key, String under, StoredResponse old, StoredResponse response) {
    synchronized (lock(CacheKey.root(key))) {
      if (store.get(under) instanceof StoredResponse there
          && there.storedAt().equals(old.storedAt())) { // else a newer one came meanwhile
        store.put(under, response);
      }
    }
  }

  /**
   * Forgets all that is stored for a target and a method, also what is being added to it.
   *
   * @param key without a body and a front, so that it is for all bodies and fronts
   */
  void remove(String key) {
    synchronized (lock(key)) {
      store.remove(key);
    }
  }

  private Object lock(String key) {
    return locks[(key.hashCode() & 0x7fffffff) % LOCKS];
  }

  /**
   * The names that Vary lists, in lower case and in order; never an asterisk, which isn't stored.
   */
  private static List<String> names(List<String> vary) {
    if (vary.isEmpty()) {
      return List.of();
    }
    TreeSet<String> names = new TreeSet<>();
    for (String line : vary) {
      int start = 0;
      while (start <= line.length()) {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        String name = line.substring(start, end).strip();
        if (!name.isEmpty()) {
          names.add(Ascii.lower(name));
        }
        start = end + 1;
      }
    }
    return List.copyOf(names);
  }
}
