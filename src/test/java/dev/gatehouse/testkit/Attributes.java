package dev.gatehouse.testkit;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stands in for a container's object of which only the attributes matter. */
public final class Attributes {
  private Attributes() {}

  /**
   * A context, request or session that keeps attributes; all else it refuses.
   *
   * @param type an interface with getAttribute, setAttribute and removeAttribute
   */
  public static <T> T of(Class<T> type) {
    Map<Object, Object> attributes = new ConcurrentHashMap<>();
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(attributes, method.getName(), arguments)));
  }

  private static @Nullable Object call(
      Map<Object, Object> attributes, String method, Object[] arguments) {
    return switch (method) {
      case "getAttribute" -> attributes.get(arguments[0]);
      case "setAttribute" -> {
        attributes.put(arguments[0], arguments[1]);
        yield null;
      }
      case "removeAttribute" -> {
        attributes.remove(arguments[0]);
        yield null;
      }
      default -> throw new UnsupportedOperationException(method);
    };
  }
}
