package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Upstreams a, b, c ... for tests. */
final class Upstreams {
  private Upstreams() {}

  static List<Upstream> weighted(int... weights) {
    List<Upstream> all = new ArrayList<>();
    for (int weight : weights) {
      String name = all.size() < 26 ? String.valueOf((char) ('a' + all.size())) : "n" + all.size();
      all.add(new Upstream(name, URI.create("http://" + name + ".test"), weight));
    }
    return all;
  }

  /** One that stands by. */
  static Upstream backup(String name) {
    URI url = URI.create("http://" + name + ".test");
    return Upstream.of(new PoolConfig.Backend(name, url, 1, true));
  }

  /** Those with these weights, as a pool would hand them out. */
  static Roster roster(int... weights) {
    List<Candidate> all =
        weighted(weights).stream()
            .map(each -> new Candidate(each, Integer.MAX_VALUE, false, new Fitness(0)))
            .toList();
    return Roster.of(all, weights);
  }

  /** So many with the same weight. */
  static Roster equal(int size) {
    int[] weights = new int[size];
    Arrays.fill(weights, 1);
    return roster(weights);
  }

  /** What is left when others were tried. */
  static Roster only(Roster roster, String names) {
    List<Upstream> tried = new ArrayList<>();
    for (int i = 0; i < roster.size(); i++) {
      if (!names.contains(roster.get(i).toString())) {
        tried.add(roster.get(i).upstream());
      }
    }
    return roster.without(tried);
  }

  /** So many requests at a time, and nobody waits. */
  static Bounds atMost(int limit) {
    return new Bounds(limit, false, 0, Duration.ZERO, Runnable::run, () -> 0);
  }

  /** A lease that there must be. */
  static Lease lend(UpstreamPool pool, RequestKey key, Upstream... tried) {
    return Objects.requireNonNull(pool.lend(key, Set.of(tried)));
  }
}
