package dev.gatehouse.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Who follows whom when a pool has other members than before. */
final class Succession {
  private final List<Candidate> before;
  private final List<Candidate> departed;
  private final List<Upstream> upstreams;

  private Succession(List<Candidate> before, List<Candidate> departed, List<Upstream> upstreams) {
    this.before = before;
    this.departed = departed;
    this.upstreams = upstreams;
  }

  /**
   * The candidates of these upstreams. Who keeps id, URL and address keeps everything: counters,
   * what is held against it, and what an operator wants of it. Who only changes its id shares it
   * with the one that it was. Who comes, or returns, to a URL that has other addresses is wanted as
   * they are, if the same is wanted of all and nothing of itself.
   *
   * @param departed left before, and are remembered
   * @param maker makes a new one of an upstream
   */
  static List<Candidate> of(
      List<Candidate> before,
      List<Candidate> departed,
      List<Upstream> upstreams,
      Function<Upstream, Candidate> maker) {
    var succession = new Succession(before, departed, upstreams);
    return upstreams.stream().map(each -> succession.candidate(each, maker)).toList();
  }

  private Candidate candidate(Upstream upstream, Function<Upstream, Candidate> maker) {
    Optional<Candidate> stays = find(before, upstream);
    if (stays.isPresent()) {
      return kept(stays.get(), upstream);
    }
    Optional<Candidate> known = find(departed, upstream);
    Candidate comes =
        known.map(each -> kept(each, upstream)).orElseGet(() -> maker.apply(upstream));
    List<Candidate> kin =
        before.stream().filter(each -> each.upstream().isSamePlace(upstream)).toList();
    if (kin.isEmpty()) {
      comes.reset(); // somebody named it anew
    } else if (!comes.isMoved() && kin.stream().allMatch(kin.get(0)::isWantedAs)) {
      comes.follow(kin.get(0));
    }
    return comes;
  }

  /** The one of this id, or one that nobody else will be. */
  private Optional<Candidate> find(List<Candidate> among, Upstream upstream) {
    List<Candidate> same = new ArrayList<>();
    for (Candidate each : among) {
      if (each.upstream().isSameServer(upstream)) {
        if (each.upstream().id().equals(upstream.id())) {
          return Optional.of(each);
        }
        same.add(each);
      }
    }
    return same.stream().filter(each -> !isTaken(each)).findFirst();
  }

  private boolean isTaken(Candidate known) {
    return upstreams.stream()
        .anyMatch(
            each -> each.isSameServer(known.upstream()) && each.id().equals(known.upstream().id()));
  }

  private static Candidate kept(Candidate known, Upstream upstream) {
    if (!known.upstream().id().equals(upstream.id())) {
      return new Candidate(upstream, known);
    }
    known.configure(upstream);
    return known;
  }
}
