package dev.gatehouse.dns;

import dev.gatehouse.config.DnsConfig;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a name means, as far as is known: pure judgement on answers and time.
 *
 * @param addresses in a fixed order; none: it means nothing
 * @param nextNanos when to ask again
 * @param deniedNanos since when DNS says that there is nothing, if it does so
 * @param problem why it is not known better; empty: it is
 */
record Meaning(
    List<InetAddress> addresses, long nextNanos, OptionalLong deniedNanos, String problem) {
  static final int MOST_ADDRESSES = 64;

  private static final Comparator<InetAddress> ORDER =
      (a, b) -> Arrays.compareUnsigned(a.getAddress(), b.getAddress());

  Meaning {
    addresses = List.copyOf(addresses);
  }

  /** Before any answer. */
  static Meaning unknown(long nowNanos) {
    return new Meaning(List.of(), nowNanos, OptionalLong.empty(), "not asked yet");
  }

  /**
   * What is known after an answer.
   *
   * @param answer without the addresses that are refused
   */
  Meaning after(Answer answer, DnsConfig config, long nowNanos) {
    if (answer.kind() == Answer.Kind.FOUND) {
      List<InetAddress> sorted =
          answer.addresses().stream().distinct().sorted(ORDER).limit(MOST_ADDRESSES).toList();
      Duration ttl = within(answer.ttl(), config);
      return new Meaning(sorted, nowNanos + ttl.toNanos(), OptionalLong.empty(), "");
    }
    long again = nowNanos + config.minTtl().toNanos();
    if (answer.kind() == Answer.Kind.SILENT) {
      return new Meaning(addresses, again, deniedNanos, answer.problem());
    }
    long since = deniedNanos.orElse(nowNanos);
    boolean over = nowNanos - since >= config.staleFor().toNanos();
    List<InetAddress> left = over ? List.of() : addresses;
    return new Meaning(left, again, OptionalLong.of(since), answer.problem());
  }

  /** Whether there was an answer of use before. */
  boolean isKnown() {
    return !addresses.isEmpty();
  }

  boolean isDue(long nowNanos) {
    return nowNanos - nextNanos >= 0;
  }

  private static Duration within(Duration ttl, DnsConfig config) {
    Duration atMost = ttl.compareTo(config.maxTtl()) > 0 ? config.maxTtl() : ttl;
    return atMost.compareTo(config.minTtl()) < 0 ? config.minTtl() : atMost;
  }
}
