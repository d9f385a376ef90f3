package dev.gatehouse.cache;

import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehcache.Cache;
import org.ehcache.core.statistics.CacheStatistics;

/** A cache as a map, which fails where it is told to. Thread-safe. */
final class FakeByteCache implements ByteCache {
  final Map<String, byte[]> map;
  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();

  /** Names of methods. */
  volatile Set<String> failing = Set.of();

  volatile Throwable failure = new IllegalStateException("lost");
  volatile boolean full;

  /** Done before each get. */
  volatile Runnable atGet = () -> {};

  volatile Runnable atRemove = () -> {};

  volatile boolean kept = true;

  FakeByteCache(Map<String, byte[]> map) {
    this.map = map;
  }

  FakeByteCache() {
    this(new ConcurrentHashMap<>());
  }

  @Override
  @SuppressWarnings("unchecked")
  public Cache<String, byte[]> cache() {
    return (Cache<String, byte[]>)
        Proxy.newProxyInstance(
            Cache.class.getClassLoader(),
            new Class<?>[] {Cache.class},
            (proxy, method, arguments) -> {
              calls.incrementAndGet();
              if (failing.contains(method.getName())) {
                throw failure;
              }
              return switch (method.getName()) {
                case "get" -> {
                  atGet.run();
                  yield map.get(arguments[0]);
                }
                case "put" -> {
                  map.put((String) arguments[0], (byte[]) arguments[1]);
                  yield null;
                }
                case "remove" -> {
                  atRemove.run();
                  map.remove(arguments[0]);
                  yield null;
                }
                case "clear" -> {
                  map.clear();
                  yield null;
                }
                case "iterator" -> entries();
                default -> throw new AssertionError(method);
              };
            });
  }

  /** Told to fail at "next", it breaks off behind the first. */
  private Iterator<Cache.Entry<String, byte[]>> entries() {
    Iterator<Map.Entry<String, byte[]>> all = map.entrySet().iterator();
    return new Iterator<>() {
      private boolean begun;

      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Cache.Entry<String, byte[]> next() {
        if (begun && failing.contains("next")) {
          throw new IllegalStateException("lost");
        }
        begun = true;
        Map.Entry<String, byte[]> each = all.next();
        return entry(each.getKey(), each.getValue());
      }
    };
  }

  private static Cache.Entry<String, byte[]> entry(String key, byte[] value) {
    return new Cache.Entry<>() {
      @Override
      public String getKey() {
        return key;
      }

      @Override
      public byte[] getValue() {
        return value;
      }
    };
  }

  @Override
  public CacheStatistics statistics() {
    throw new IllegalStateException();
  }

  @Override
  public boolean hashed() {
    return true;
  }

  @Override
  public boolean takes(int bytes) {
    return !full;
  }

  @Override
  public String refusal() {
    return "full";
  }

  @Override
  public void taken(int bytes) {}

  @Override
  public void close(boolean kept) {
    this.kept = kept;
    closed.incrementAndGet();
  }
}
