package dev.gatehouse.guard;

import dev.gatehouse.http.HostPort;
import java.util.List;

/**
 * Decides at which hosts our own pages are. To a browser, all that has one scheme, host and port is
 * one origin (RFC 6454 §4), whose pages may use each other with what their visitor may: so ours can
 * have hosts where nothing else is. Immutable.
 */
final class PageHosts {
  private final List<HostPort> own;

  /**
   * @param own empty: any host, together with all else
   */
  PageHosts(List<HostPort> own) {
    this.own = List.copyOf(own);
  }

  /** What is asked for. */
  enum Wanted {
    TRAFFIC,
    PAGE,
    /** Whether we live and take requests: for machines, wherever they ask. */
    SIGN
  }

  /**
   * Whether there is such a thing at this host.
   *
   * @param authority as in Host
   */
  boolean have(Wanted wanted, String authority) {
    return own.isEmpty() || wanted == Wanted.SIGN || isOwn(authority) == (wanted == Wanted.PAGE);
  }

  private boolean isOwn(String authority) {
    HostPort asked = HostPort.of(authority);
    for (HostPort each : own) {
      if (each.holds(asked)) {
        return true;
      }
    }
    return false;
  }
}
