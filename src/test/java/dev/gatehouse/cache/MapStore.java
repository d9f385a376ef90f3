package dev.gatehouse.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store without bounds, for tests. */
final class MapStore implements CacheStore {
  private final Map<String, Stored> map = new HashMap<>();
  private int looks;

  int size() {
    return map.size();
  }

  /** How often something was asked for. */
  synchronized int looks() {
    return looks;
  }

  @Override
  public synchronized @Nullable Stored get(String key) {
    looks++;
    return map.get(key);
  }

  @Override
  public synchronized void put(String key, Stored stored) {
    map.put(key, stored);
  }

  @Override
  public synchronized void remove(String key) {
    map.remove(key);
  }

  @Override
  public long removeIf(Predicate<String> keys, Predicate<Stored> stored) {
    throw new UnsupportedOperationException("for operators");
  }

  @Override
  public long revise(Predicate<String> keys, UnaryOperator<StoredResponse> revision) {
    throw new UnsupportedOperationException("for operators");
  }

  @Override
  public Map<String, Holding> tiers() {
    return Map.of("map", holding());
  }

  @Override
  public Holding holding() {
    return new Holding(map.size(), 0, 0, 0);
  }

  @Override
  public void close() {}
}
