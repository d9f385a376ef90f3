package dev.gatehouse.balance;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where connections to an upstream go.
 *
 * @param ofUrl where the host of its URL says: an address, or a name of this machine
 * @param address carries the name as well, which TLS asks for; null: nowhere
 */
public record Whereabouts(boolean ofUrl, @Nullable InetAddress address) {
  /** Where its URL says. */
  public static final Whereabouts OF_URL = new Whereabouts(true, null);

  /** Nowhere: its name means no address yet, or none any more. */
  public static final Whereabouts UNKNOWN = new Whereabouts(false, null);

  /** At one of the addresses that its name means. */
  public static Whereabouts at(InetAddress address) {
    return new Whereabouts(false, address);
  }
}
