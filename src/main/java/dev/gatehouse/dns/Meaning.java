package dev.gatehouse.dns;

import dev.gatehouse.config.DnsConfig;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a name means, as far as is known: pure judgement on answers and time.
 *
 * @param addresses in a fixed order; none: it means nothing
 * @param nextNanos when to ask again
 * @param goodNanos when DNS last said what it means
 * @param problem why it is not known better; empty: it is
 */
record Meaning(List<InetAddress> addresses, long nextNanos, long goodNanos, String problem) {
  static final int MOST_ADDRESSES = 64;

  private static final Comparator<InetAddress> ORDER =
      (a, b) -> Arrays.compareUnsigned(a.getAddress(), b.getAddress());

  Meaning {
    addresses = List.copyOf(addresses);
  }

  /** Before any answer. */
  static Meaning unknown(long nowNanos) {
    return new Meaning(List.of(), nowNanos, nowNanos, "not asked yet");
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
      return new Meaning(sorted, nowNanos + ttl.toNanos(), nowNanos, "");
    }
    long again = nowNanos + config.minTtl().toNanos();
    boolean over =
        answer.kind() == Answer.Kind.DENIED && nowNanos - goodNanos >= config.staleFor().toNanos();
    return new Meaning(over ? List.of() : addresses, again, goodNanos, answer.problem());
  }

  boolean isDue(long nowNanos) {
    return nowNanos - nextNanos >= 0;
  }

  private static Duration within(Duration ttl, DnsConfig config) {
    Duration atMost = ttl.compareTo(config.maxTtl()) > 0 ? config.maxTtl() : ttl;
    return atMost.compareTo(config.minTtl()) < 0 ? config.minTtl() : atMost;
  }
}
