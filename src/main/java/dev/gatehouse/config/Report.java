package dev.gatehouse.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems and notes while the configuration is read. Not thread-safe. */
final class Report {
  private final Set<Problem> problems = new LinkedHashSet<>(); // pools share general settings
  private final List<String> notes = new ArrayList<>();

  void problem(Problem problem) {
    problems.add(problem);
  }

  void note(String note) {
    notes.add(note);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigException(List.copyOf(problems));
    }
  }
}
