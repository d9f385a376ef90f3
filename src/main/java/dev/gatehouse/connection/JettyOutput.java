package dev.gatehouse.connection;

import jakarta.servlet.ServletOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's {@code HttpOutput}, which can send a whole body asynchronously without a listener. Its
 * callback is of a class that applications do not see.
 *
 * @param callback makes one of Jetty's
 * @param nonBlocking says of a callback that it waits for nothing
 */
record JettyOutput(Method send, Constructor<?> callback, Object nonBlocking) {
  private static final Logger LOG = LoggerFactory.getLogger(JettyOutput.class);
  private static final Map<Class<?>, Optional<JettyOutput>> KNOWN = new ConcurrentHashMap<>();

  /** Whether it is the container's own, and as we know it. */
  static boolean isOne(ServletOutputStream output) {
    return of(output.getClass()).isPresent();
  }

  private static Optional<JettyOutput> of(Class<?> type) {
    Optional<JettyOutput> known = KNOWN.get(type);
    if (known == null) {
      known = found(type);
      KNOWN.put(type, known);
    }
    return known;
  }

  private static Optional<JettyOutput> found(Class<?> type) {
    if (!type.getName().endsWith(".servlet.HttpOutput")) {
      return Optional.empty(); // a filter's
    }
    try {
      return Optional.of(find(type));
    } catch (ReflectiveOperationException | RuntimeException e) { // as anywhere else, then
      if (KNOWN.putIfAbsent(type, Optional.empty()) == null) { // once, and nobody waits for a log
        LOG.warn("this Jetty takes no whole bodies from us: each costs a change of threads", e);
      }
      return Optional.empty();
    }
  }

  private static JettyOutput find(Class<?> type) throws ReflectiveOperationException {
    ClassLoader loader = type.getClassLoader();
    Class<?> callback = Class.forName("org.eclipse.jetty.util.Callback", false, loader);
    Class<?> kind =
        Class.forName("org.eclipse.jetty.util.thread.Invocable$InvocationType", true, loader);
    Class<?> made =
        Proxy.newProxyInstance(callback.getClassLoader(), new Class<?>[] {callback}, (p, m, a) -> p)
            .getClass();
    Constructor<?> maker = made.getConstructor(InvocationHandler.class);
    maker.setAccessible(true);
    Method send = type.getMethod("sendContent", ByteBuffer.class, callback);
    send.setAccessible(true);
    return new JettyOutput(send, maker, kind.getField("NON_BLOCKING").get(null));
  }

  /** See {@link ClientConnection#send}. */
  static void send(
      ServletOutputStream output, ByteBuffer body, Consumer<@Nullable Throwable> then) {
    JettyOutput jetty = of(output.getClass()).orElseThrow();
    try {
      Object callback = jetty.callback.newInstance(new Told(jetty.nonBlocking, then));
      var unused = jetty.send.invoke(output, body, callback);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a callback is told. */
  private record Told(Object nonBlocking, Consumer<@Nullable Throwable> then)
      implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
      return switch (method.getName()) {
        case "succeeded" -> told(null);
        case "failed" -> told(arguments == null ? null : (Throwable) arguments[0]);
        case "completeWith", "completing" -> throw new UnsupportedOperationException();
        case "getInvocationType" -> nonBlocking;
        case "hashCode" -> System.identityHashCode(proxy);
        case "equals" -> arguments != null && arguments[0] == proxy;
        default -> method.getName();
      };
    }

    private @Nullable Object told(@Nullable Throwable failure) {
      then.accept(failure);
      return null;
    }
  }
}
