package dev.gatehouse.boot;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.connection.ContainerStop;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.metrics.Metrics;
import dev.gatehouse.servlet.Closing;
import jakarta.servlet.ServletContext;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the end of the application begin as early as the container lets it: when it is told, when the
 * proxy's servlet is destroyed, or at the latest when the context is.
 */
final class LastCall {
  private static final Logger LOG = LoggerFactory.getLogger(LastCall.class);

  private LastCall() {}

  /**
   * Waits for the exchanges with clients, and for those to backends that go on without one: for the
   * cache's readers, or to refresh what it holds.
   *
   * @param forwarded how many exchanges with backends are under way
   */
  static Closing closing(ProxyConfig.Shutdown settings, Metrics metrics, LongSupplier forwarded) {
    return new Closing(
        settings.delay(),
        settings.timeout(),
        () -> Math.max(metrics.inFlight(), forwarded.getAsLong()), // most are among both
        metrics::quiet,
        time -> Thread.sleep(time.toMillis()));
  }

  /** What it gives back is the first to be closed: all the rest serves the requests under way. */
  static AutoCloseable listen(ServletContext context, Closing closing) {
    try {
      return inTurn(ContainerStop.tell(context, closing::close), closing);
    } catch (UnfitException e) {
      LOG.warn("requests under way may be cut when the server stops: it can't be listened to", e);
      return closing::close;
    }
  }

  static AutoCloseable inTurn(AutoCloseable told, Closing closing) {
    return () -> {
      try {
        told.close();
      } finally {
        closing.close();
      }
    };
  }
}
