package dev.gatehouse.proxy;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.Whereabouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Connects to the address that an upstream has, not to one that its name means at this moment: each
 * address of a name is a backend of its own. Which upstream it is, the destination's tag says.
 */
final class MemberAddresses implements SocketAddressResolver {
  private final SocketAddressResolver others;

  /**
   * @param others for what is no name in DNS
   */
  MemberAddresses(SocketAddressResolver others) {
    this.others = others;
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    Whereabouts where = whereabouts(context);
    InetAddress address = where.address();
    if (where.ofUrl()) {
      others.resolve(host, port, context, promise);
    } else if (address == null) {
      promise.failed(new UnknownHostException(host));
    } else {
      promise.succeeded(List.of(new InetSocketAddress(address, port)));
    }
  }

  private static Whereabouts whereabouts(Map<String, Object> context) {
    if (context.get(Destination.CONTEXT_KEY) instanceof Destination to) {
      Object tag = to.getOrigin().getTag();
      if (tag instanceof Upstream upstream) {
        return upstream.whereabouts();
      }
      if (tag instanceof Upstream.Apart apart) {
        return apart.upstream().whereabouts();
      }
    }
    return Whereabouts.OF_URL;
  }
}
