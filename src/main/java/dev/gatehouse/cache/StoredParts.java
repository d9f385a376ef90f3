package dev.gatehouse.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which parts a record has, in which order. Another order is another {@link StoredRecord#FORMAT}.
 */
final class StoredParts {
  private static final int RESPONSE = 1;
  private static final int INDEX = 2;

  private StoredParts() {}

  static void write(String key, Stored stored, PartsSink to) {
    to.text(key);
    if (stored instanceof StoredResponse response) {
      to.number(RESPONSE);
      write(response, to);
    } else if (stored instanceof VaryIndex index) {
      to.number(INDEX);
      write(index, to);
    } else {
      throw new AssertionError(stored);
    }
  }

  /** Null if it is another key's. */
  static @Nullable Stored read(String key, PartsReader from) {
    if (!from.text().equals(key)) {
      return null;
    }
    long kind = from.number();
    Stored stored = kind == RESPONSE ? response(from) : kind == INDEX ? index(from) : null;
    return from.isAtEnd() ? stored : null;
  }

  private static void write(StoredResponse response, PartsSink to) {
    to.number(response.status());
    to.fields(response.fields());
    to.fields(response.tags());
    to.instant(response.storedAt());
    Freshness freshness = response.freshness();
    to.duration(freshness.lifetime());
    to.duration(freshness.initialAge());
    to.instant(freshness.receivedAt());
    to.flag(freshness.alwaysValidate());
    to.flag(freshness.forbidsStale());
    to.duration(freshness.staleWhileRevalidate());
    to.duration(freshness.staleIfError());
    to.bytes(response.body());
  }

  private static StoredResponse response(PartsReader from) {
    int status = Math.toIntExact(from.number());
    var fields = from.fields();
    var tags = from.fields();
    var storedAt = from.instant();
    Freshness freshness =
        new Freshness(
            from.duration(),
            from.duration(),
            from.instant(),
            from.flag(),
            from.flag(),
            from.duration(),
            from.duration());
    return new StoredResponse(status, fields, tags, from.bytes(), freshness, storedAt);
  }

  private static void write(VaryIndex index, PartsSink to) {
    to.number(index.generation());
    to.number(index.variants());
    to.number(index.frontsGeneration());
    to.number(index.fronts());
    to.number(index.names().size());
    index.names().forEach(to::texts);
  }

  private static VaryIndex index(PartsReader from) {
    long generation = from.number();
    int variants = Math.toIntExact(from.number());
    long frontsGeneration = from.number();
    int fronts = Math.toIntExact(from.number());
    int count = from.count();
    List<List<String>> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(from.texts());
    }
    return new VaryIndex(generation, names, variants, frontsGeneration, fronts);
  }
}
