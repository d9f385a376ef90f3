package dev.gatehouse.boot;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.connection.ContainerStop;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.metrics.Metrics;
import dev.gatehouse.servlet.Closing;
import jakarta.servlet.ServletContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the end of the application begin as early as the container lets it: when it is told, when the
 * proxy's servlet is destroyed, or at the latest when the context is.
 */
final class LastCall {
  private static final Logger LOG = LoggerFactory.getLogger(LastCall.class);

  private LastCall() {}

  static Closing closing(ProxyConfig.Shutdown settings, Metrics metrics) {
    return new Closing(
        settings.delay(),
        settings.timeout(),
        metrics::inFlight,
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
