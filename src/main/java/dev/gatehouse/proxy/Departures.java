package dev.gatehouse.proxy;

import dev.gatehouse.connection.UnfitException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchanges under way, so that one look in a while finds those whose client has left. No
 * container tells of it while the backend is silent.
 */
public final class Departures {
  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

  private final Set<ProxyExchange> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable UnfitException> unsaid = new AtomicReference<>();
  private volatile boolean unfit; // the container is not as we know it

  void add(ProxyExchange exchange) {
    underWay.add(exchange);
  }

  void remove(ProxyExchange exchange) {
    underWay.remove(exchange);
  }

  /** How many are under way, with those whose client has left and that others want, or nobody. */
  public int count() {
    return underWay.size();
  }

  /** Ends all that are still under way: the application stops. */
  public void endAll() {
    underWay.forEach(ProxyExchange::stop);
  }

  /**
   * Ends the exchanges whose client has left. For one thread, every half second or so; it neither
   * waits for a client nor logs.
   */
  public void look() {
    if (unfit) {
      return;
    }
    for (ProxyExchange exchange : underWay) {
      try {
        exchange.lookAtClient();
      } catch (UnfitException e) {
        unsaid.set(e);
        unfit = true;
        return;
      }
    }
  }

  /** Logs, once, that looking is no use. */
  public void complain() {
    UnfitException cause = unfit ? unsaid.getAndSet(null) : null;
    if (cause != null) {
      LOG.warn("clients that leave while their backend is silent will not be noticed", cause);
    }
  }
}
