package dev.gatehouse.balance;

import dev.gatehouse.events.Event;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.testkit.Pools;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A pool of a, b, c ... with rules, a clock moved by hand, and all events. */
final class JudgedPool {
  private final EventLog events = new EventLog(() -> Instant.EPOCH);
  private final List<Upstream> upstreams;
  private final AtomicLong nanos =
      new AtomicLong(Long.MAX_VALUE - 1_000); // a monotonic clock may well overflow
  private int told;
  final UpstreamPool pool;

  JudgedPool(Rules rules, List<Upstream> upstreams) {
    this.upstreams = upstreams;
    Judge judge = Judge.of(rules.config(), nanos::get, events);
    this.pool = new UpstreamPool("p", upstreams, new RoundRobin(), Pools.NO_BOUNDS, judge);
  }

  static JudgedPool of(Rules rules, int count) {
    int[] weights = new int[count];
    Arrays.fill(weights, 1);
    return new JudgedPool(rules, Upstreams.weighted(weights));
  }

  Upstream upstream(String id) {
    return upstreams.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  Candidate candidate(String id) {
    return pool.candidate(id).orElseThrow();
  }

  Standing state(String id) {
    return candidate(id).state(nanos.get());
  }

  long nanos() {
    return nanos.get();
  }

  /** A request to this one, wherever others would have gone; null if it does not take it. */
  Lease lend(String id) {
    return Objects.requireNonNull(tryLend(id), "no lease of " + id);
  }

  @Nullable Lease tryLend(String id) {
    Set<Upstream> others = others(id);
    return pool.offersOtherThan(others) ? pool.lend(RequestKey.ANY.again(1), others) : null;
  }

  private Set<Upstream> others(String id) {
    Set<Upstream> others = new HashSet<>(upstreams);
    others.removeIf(each -> each.id().equals(id));
    return others;
  }

  void request(String id, Ending ending) {
    lend(id).close(ending);
  }

  void requests(String id, Ending ending, int count) {
    for (int i = 0; i < count; i++) {
      request(id, ending);
    }
  }

  /** Moves on by ticks of a tenth of a second, as the housekeeping does. */
  void advance(Duration step) {
    long left = step.toNanos();
    while (left > 0) {
      long tick = Math.min(left, 100_000_000);
      left -= tick;
      pool.tick(nanos.addAndGet(tick));
    }
  }

  /** Who is in the rotation now. */
  String open() {
    StringBuilder open = new StringBuilder();
    for (Upstream each : upstreams) {
      open.append(pool.isAvailable(each) ? each.id() : "");
    }
    return open.toString();
  }

  /** What came about since the last time, in order. */
  List<String> news() {
    pool.tick(nanos.get());
    List<Event> all = new ArrayList<>(events.last());
    Collections.reverse(all);
    List<String> news =
        all.stream()
            .skip(told)
            .map(e -> (e.backend() + " " + e.what() + ": " + e.cause()).strip())
            .toList();
    told = all.size();
    return news;
  }
}
