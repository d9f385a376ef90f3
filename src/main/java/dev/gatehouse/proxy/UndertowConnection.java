package dev.gatehouse.proxy;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.io.Closeable;
import java.io.IOException;

/**
 * Cuts a message on Undertow, which ends it in good order whatever a servlet throws. Its classes
 * are not on our class path, so they are called by name.
 */
final class UndertowConnection {
  private UndertowConnection() {}

  /**
   * Closes the connection (HTTP/1.1) or resets the stream (HTTP/2).
   *
   * @return false if the container is another one
   */
  static boolean cut(ServletRequest request) throws IOException {
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    if (!own.getClass().getName().startsWith("io.undertow.")) {
      return false;
    }
    try {
      Object exchange = own.getClass().getMethod("getExchange").invoke(own);
      Object connection = exchange.getClass().getMethod("getConnection").invoke(exchange);
      ((Closeable) connection).close();
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IOException("this Undertow can't be told to cut a message", e);
    }
  }
}
