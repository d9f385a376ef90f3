package dev.gatehouse.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Those that have left a pool and may return: DNS may answer with another part of a name's
 * addresses each time. Immutable, and bounded in number and time.
 *
 * @param gone the last one at the end
 */
record Departed(List<Gone> gone) {
  /** Nobody yet. */
  static final Departed NONE = new Departed(List.of());

  private static final int MOST = 64;
  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** One of them, and when it left. */
  record Gone(Candidate candidate, long sinceNanos) {
    boolean isKept(long nowNanos) {
      return nowNanos - sinceNanos < KEPT_NANOS;
    }

    private boolean isAmong(List<Candidate> candidates) {
      Upstream upstream = candidate.upstream();
      return candidates.stream().anyMatch(each -> each.upstream().isSameServer(upstream));
    }
  }

  Departed {
    gone = List.copyOf(gone);
  }

  /** Those that are remembered still. */
  List<Candidate> at(long nowNanos) {
    return gone.stream().filter(each -> each.isKept(nowNanos)).map(Gone::candidate).toList();
  }

  /** Who they are when a pool has changed. */
  Departed after(List<Candidate> before, List<Candidate> after, long nowNanos) {
    List<Gone> next = new ArrayList<>(gone);
    for (Candidate each : before) {
      if (!each.upstream().whereabouts().equals(Whereabouts.UNKNOWN)) {
        next.add(new Gone(each, nowNanos));
      }
    }
    next.removeIf(each -> !each.isKept(nowNanos) || each.isAmong(after));
    return new Departed(next.subList(Math.max(0, next.size() - MOST), next.size()));
  }
}
