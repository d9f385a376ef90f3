package dev.gatehouse.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Who may get requests: pure judgement on what is known of the candidates. */
final class Availability {
  private Availability() {}

  /**
   * Those that get requests from anybody: the backups only while nobody else does, and those that
   * are ejected and nothing worse rather than nobody at all.
   *
   * @param panics whether all of those that are no backups do, whatever is known of them
   */
  static Roster roster(List<Candidate> candidates, boolean panics) {
    List<Candidate> chosen = among(candidates, panics ? c -> true : Availability::isOpen, false);
    if (chosen.isEmpty()) {
      chosen = among(candidates, Availability::isOpen, true);
    }
    if (chosen.isEmpty()) {
      chosen = among(candidates, Availability::isEjectedOnly, false);
    }
    if (chosen.isEmpty()) {
      chosen = among(candidates, Availability::isEjectedOnly, true);
    }
    return of(chosen);
  }

  private static boolean isEjectedOnly(Candidate candidate) {
    Fitness fitness = candidate.fitness();
    return candidate.isWell()
        && fitness.ejection().out()
        && fitness.circuit().state() != Circuit.State.OPEN;
  }

  /** Those that stand in when all others were tried. */
  static Roster backups(List<Candidate> candidates) {
    return of(among(candidates, Availability::isOpen, true));
  }

  private static Roster of(List<Candidate> chosen) {
    return Roster.of(chosen, weights(chosen));
  }

  /** In tenths, while any of them warms up. */
  private static int[] weights(List<Candidate> chosen) {
    boolean warming = chosen.stream().anyMatch(c -> c.fitness().percent() < Fitness.FULL);
    int[] weights = new int[chosen.size()];
    for (int i = 0; i < weights.length; i++) {
      Candidate each = chosen.get(i);
      weights[i] = each.weight() * (warming ? each.fitness().percent() / 10 : 1);
    }
    return weights;
  }

  private static List<Candidate> among(
      List<Candidate> candidates, Predicate<Candidate> wanted, boolean backups) {
    List<Candidate> chosen = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      if (candidate.isBackup() == backups
          && candidate.mode() == Mode.ENABLED
          && wanted.test(candidate)) {
        chosen.add(candidate);
      }
    }
    return chosen;
  }

  /**
   * Whether so few are left that those would only be overrun. Not where backups can do all the
   * work, which they are there for.
   *
   * @param threshold percent of those that are enabled and no backups
   */
  static boolean panics(List<Candidate> candidates, int threshold) {
    int members = among(candidates, each -> true, false).size();
    int open = among(candidates, Availability::isOpen, false).size();
    return open * 100L < (long) threshold * members
        && (open > 0 || among(candidates, Availability::isOpen, true).isEmpty());
  }

  /** In words. */
  static String count(List<Candidate> candidates) {
    int members = among(candidates, each -> true, false).size();
    int open = among(candidates, Availability::isOpen, false).size();
    return open + " of " + members + " backends " + (open == 1 ? "is" : "are") + " available";
  }

  /** Whether it may get requests, for all that is known. */
  static boolean isOpen(Candidate candidate) {
    return candidate.mode() == Mode.ENABLED && serves(candidate);
  }

  /** Whether it can serve a client that insists. */
  static boolean serves(Candidate candidate) {
    return candidate.mode() != Mode.DISABLED && candidate.isWell() && candidate.fitness().isOpen();
  }
}
