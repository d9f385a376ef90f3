package dev.gatehouse.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What DNS said of a name.
 *
 * @param addresses none unless it is {@link Kind#FOUND}
 * @param problem why there are none, in plain words; empty if there are
 */
public record Answer(Kind kind, List<InetAddress> addresses, Duration ttl, String problem) {
  /** How it went. */
  public enum Kind {
    FOUND,
    /** There is no such name, or it has no address. */
    DENIED,
    /** No answer, or none of use. */
    SILENT
  }

  public Answer {
    addresses = List.copyOf(addresses);
  }

  /** The name means these for so long. */
  public static Answer found(List<InetAddress> addresses, Duration ttl) {
    return new Answer(Kind.FOUND, addresses, ttl, "");
  }

  /** DNS says that there is nothing. */
  public static Answer denied(String problem) {
    return new Answer(Kind.DENIED, List.of(), Duration.ZERO, problem);
  }

  /** DNS says nothing. */
  public static Answer silent(String problem) {
    return new Answer(Kind.SILENT, List.of(), Duration.ZERO, problem);
  }
}
