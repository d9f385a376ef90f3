package dev.gatehouse.connection;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EventListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the container begins to stop the application, or all of itself: while everything still
 * works. The servlet API tells only when most is gone: Jetty has closed all connections by then,
 * and Tomcat has given up what is asynchronous.
 */
public final class ContainerStop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerStop.class);
  private static final String NAME = "Gatehouse";

  private final Deque<Undo> undo = new ArrayDeque<>();

  ContainerStop() {}

  private interface Undo {
    Object run() throws ReflectiveOperationException, IOException;
  }

  /**
   * Tells it from now on. The container waits for what it is told to; on WildFly nothing is told.
   *
   * @param stopping goes all the way, or waits for who does already
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
    Word stops = (method, argument) -> Members.get(argument, "getType").equals("before_stop");
    Others others = () -> List.of((Object[]) Members.get(server, "findLifecycleListeners"));
    listen(application, "LifecycleListener", type, listener(type, stops, List::of, stopping));
    listen(server, "LifecycleListener", type, listener(type, stops, others, stopping));
  }

  private void onJetty(ServletContext context, Runnable stopping)
      throws ReflectiveOperationException, IOException {
    Object application = Members.get(context, "getContextHandler");
    Object server = Members.get(application, "getServer");
    Class<?> type = type(server, "org.eclipse.jetty.util.component.LifeCycle$Listener");
    Word stops = (method, argument) -> method.equals("lifeCycleStopping");
    Others others = () -> (Collection<?>) Members.get(server, "getEventListeners");
    Class<?> kind = EventListener.class;
    listen(application, "EventListener", kind, listener(type, stops, List::of, stopping));
    listen(server, "EventListener", kind, listener(type, stops, others, stopping));
  }

  void listen(Object target, String kind, Class<?> type, Object listener)
      throws ReflectiveOperationException, IOException {
    Class<?>[] types = {type};
    var unused = Members.call(target, "add" + kind, types, listener);
    undo.push(() -> Members.call(target, "remove" + kind, types, listener));
  }

  /** The container's own class: ours of that name, if there is one, is another. */
  private static Class<?> type(Object containers, String name) throws ClassNotFoundException {
    return Class.forName(name, false, containers.getClass().getClassLoader());
  }

  /** Whether what a listener is told is the beginning of the end. */
  interface Word {
    boolean isStop(String method, Object argument) throws ReflectiveOperationException;
  }

  /** All who are told the same. */
  interface Others {
    Collection<?> all() throws ReflectiveOperationException;
  }

  /**
   * A listener that has its equals of other copies of the WAR begin before it goes all the way
   * itself: else they would wait for each other, as containers tell one after the other. Their
   * classes are not ours, so what they have in common is a {@link Runnable} and a name.
   */
  static Object listener(Class<?> type, Word word, Others others, Runnable stopping) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          if (method.getDeclaringClass() == Runnable.class) {
            begin(stopping);
            return null;
          }
          if (method.getDeclaringClass() != Object.class) {
            if (word.isStop(method.getName(), arguments[0])) {
              tell(others, self);
              stopping.run();
            }
            return null;
          }
          return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> NAME;
          };
        };
    Class<?>[] types = {type, Runnable.class};
    return Proxy.newProxyInstance(type.getClassLoader(), types, handler);
  }

  private static void begin(Runnable stopping) {
    Thread thread = new Thread(stopping, "gatehouse-stop");
    thread.setDaemon(true); // the container waits for the end itself, when it comes to us
    thread.start();
  }

  private static void tell(Others others, Object self) {
    try {
      for (Object each : others.all()) {
        if (each != self
            && each instanceof Runnable another
            && Proxy.isProxyClass(each.getClass())
            && each.toString().equals(NAME)) {
          another.run();
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn("other copies of Gatehouse in this server may end one after the other", e);
    }
  }

  /** Tells no more, so that the container can forget us. */
  @Override
  public void close() {
    while (!undo.isEmpty()) {
      try {
        var unused = undo.pop().run();
      } catch (ReflectiveOperationException | IOException | RuntimeException e) {
        LOG.warn("a listener of the container's can't be taken back", e);
      }
    }
  }
}
