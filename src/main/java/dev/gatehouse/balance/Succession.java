package dev.gatehouse.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Who follows whom when a pool has other members than before. */
final class Succession {
  private Succession() {}

  /**
   * The candidates of these upstreams. Who keeps id, URL and address keeps everything: counters,
   * what is held against it, and what an operator wants of it. Who only changes its id keeps all
   * but the counters. Who is new at a URL that has other addresses is wanted as they are, if the
   * same is wanted of all.
   *
   * @param maker makes a new one of an upstream, and of what is held against it, if that is known
   */
  static List<Candidate> of(
      List<Candidate> before,
      List<Upstream> upstreams,
      BiFunction<Upstream, Optional<Fitness>, Candidate> maker) {
    List<Candidate> after = new ArrayList<>(upstreams.size());
    for (Upstream upstream : upstreams) {
      List<Candidate> kin =
          before.stream().filter(each -> each.upstream().url().equals(upstream.url())).toList();
      after.add(
          kin.stream()
              .filter(each -> each.upstream().isSameServer(upstream))
              .findFirst()
              .map(known -> kept(known, upstream, maker))
              .orElseGet(() -> added(kin, maker.apply(upstream, Optional.empty()))));
    }
    return List.copyOf(after);
  }

  private static Candidate kept(
      Candidate known,
      Upstream upstream,
      BiFunction<Upstream, Optional<Fitness>, Candidate> maker) {
    if (known.upstream().id().equals(upstream.id())) {
      known.configure(upstream);
      return known;
    }
    Candidate renamed = maker.apply(upstream, Optional.of(known.fitness()));
    renamed.setWell(known.isWell());
    renamed.follow(known);
    return renamed;
  }

  private static Candidate added(List<Candidate> kin, Candidate added) {
    if (!kin.isEmpty() && kin.stream().allMatch(kin.get(0)::isWantedAs)) {
      added.follow(kin.get(0));
    }
    return added;
  }
}
