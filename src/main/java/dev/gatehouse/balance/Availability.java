package dev.gatehouse.balance;

import java.util.ArrayList;
import java.util.List;

/** Who may get requests: pure judgement on what is known of the candidates. */
final class Availability {
  private Availability() {}

  /** Those that get requests from anybody: the backups only while nobody else does. */
  static Roster roster(List<Candidate> candidates) {
    List<Candidate> open = open(candidates, false);
    return open.isEmpty() ? backups(candidates) : of(open);
  }

  /** Those that stand in when all others were tried. */
  static Roster backups(List<Candidate> candidates) {
    return of(open(candidates, true));
  }

  private static Roster of(List<Candidate> open) {
    int[] weights = new int[open.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = open.get(i).weight();
    }
    return Roster.of(open, weights);
  }

  private static List<Candidate> open(List<Candidate> candidates, boolean backups) {
    List<Candidate> open = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      if (candidate.upstream().isBackup() == backups
          && candidate.mode() == Mode.ENABLED
          && serves(candidate)) {
        open.add(candidate);
      }
    }
    return open;
  }

  /** Whether it can serve a client that insists. */
  static boolean serves(Candidate candidate) {
    return candidate.mode() != Mode.DISABLED && candidate.isWell();
  }
}
