package dev.gatehouse.connection;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EventListener;

/**
 * Tells when the container begins to stop the application, or all of itself: while everything still
 * works. The servlet API tells only when most is gone: Jetty has closed all connections by then,
 * and Tomcat has given up what is asynchronous.
 */
public final class ContainerStop implements AutoCloseable {
  private final Deque<Undo> undo = new ArrayDeque<>();

  private ContainerStop() {}

  private interface Undo {
    Object run() throws ReflectiveOperationException, IOException;
  }

  /**
   * Tells it from now on. The container waits for what it is told to; on WildFly nothing is told.
   *
   * @throws UnfitException if the container is not as we know it
   */
  public static ContainerStop tell(ServletContext context, Runnable stopping)
      throws UnfitException {
    ContainerStop stop = new ContainerStop();
    String container = context.getClass().getName();
    try {
      if (container.startsWith("org.apache.catalina.")) {
        stop.onTomcat(context, stopping);
      } else if (container.startsWith("org.eclipse.jetty.")) {
        stop.onJetty(context, stopping);
      }
      return stop;
    } catch (ReflectiveOperationException e) {
      stop.close();
      throw new UnfitException(e);
    } catch (IOException | RuntimeException e) { // it is there, and says no
      stop.close();
      throw new UnfitException(new ReflectiveOperationException(e));
    }
  }

  private void onTomcat(ServletContext facade, Runnable stopping)
      throws ReflectiveOperationException, IOException {
    Object application = Members.field(Members.field(facade, "context"), "context");
    Object engine = Members.get(Members.get(application, "getParent"), "getParent");
    Object server = Members.get(Members.get(engine, "getService"), "getServer");
    Class<?> type = type(application, "org.apache.catalina.LifecycleListener");
    Object listener =
        listener(
            type,
            (method, argument) -> {
              if (Members.get(argument, "getType").equals("before_stop")) {
                stopping.run();
              }
            });
    for (Object target : new Object[] {application, server}) {
      listen(target, "LifecycleListener", type, listener);
    }
  }

  private void onJetty(ServletContext context, Runnable stopping)
      throws ReflectiveOperationException, IOException {
    Object application = Members.get(context, "getContextHandler");
    Object server = Members.get(application, "getServer");
    Object listener =
        listener(
            type(server, "org.eclipse.jetty.util.component.LifeCycle$Listener"),
            (method, argument) -> {
              if (method.equals("lifeCycleStopping")) {
                stopping.run();
              }
            });
    for (Object target : new Object[] {application, server}) {
      listen(target, "EventListener", EventListener.class, listener);
    }
  }

  private void listen(Object target, String kind, Class<?> type, Object listener)
      throws ReflectiveOperationException, IOException {
    Class<?>[] types = {type};
    var unused = Members.call(target, "add" + kind, types, listener);
    undo.push(() -> Members.call(target, "remove" + kind, types, listener));
  }

  /** The container's own class: ours of that name, if there is one, is another. */
  private static Class<?> type(Object containers, String name) throws ClassNotFoundException {
    return Class.forName(name, false, containers.getClass().getClassLoader());
  }

  private interface Heard {
    void of(String method, Object argument) throws ReflectiveOperationException;
  }

  private static Object listener(Class<?> type, Heard heard) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          if (method.getDeclaringClass() != Object.class) {
            heard.of(method.getName(), arguments[0]);
            return null;
          }
          return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "Gatehouse";
          };
        };
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  /** Tells no more, so that the container can forget us. */
  @Override
  public void close() {
    while (!undo.isEmpty()) {
      try {
        var unused = undo.pop().run();
      } catch (ReflectiveOperationException | IOException e) {
        throw new IllegalStateException("a listener of the container's can't be taken back", e);
      }
    }
  }
}
