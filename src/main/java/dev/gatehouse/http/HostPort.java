package dev.gatehouse.http;

/**
 * An authority in the one form in which authorities are compared.
 *
 * @param host as {@link HostName} makes it; empty: nothing that could be one
 * @param port zero: none is given
 */
public record HostPort(String host, int port) {
  private static final int LARGEST = 65_535;

  /** Takes {@code host} or {@code host:port} apart. */
  public static HostPort of(String authority) {
    return new HostPort(HostName.normal(authority), port(authority));
  }

  /**
   * Whether an authority that is asked for is this one. Without a port, this is the host at any;
   * browsers leave the scheme's own out, and both schemes' are taken for it.
   */
  public boolean holds(HostPort asked) {
    boolean ports =
        port == 0 || port == asked.port || (asked.port == 0 && (port == 80 || port == 443));
    return ports && !host.isEmpty() && host.equals(asked.host);
  }

  private static int port(String authority) {
    int colon = authority.lastIndexOf(':');
    int port = 0;
    if (colon > authority.lastIndexOf(']')) {
      for (int i = colon + 1; i < authority.length() && port <= LARGEST; i++) {
        char c = authority.charAt(i);
        port = Ascii.isDigit(c) ? port * 10 + (c - '0') : LARGEST + 1;
      }
    }
    return port;
  }
}
