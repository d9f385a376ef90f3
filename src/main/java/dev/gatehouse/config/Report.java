package dev.gatehouse.config;

import java.util.ArrayList;
import java.util.List;

/** Collects problems and notes while the configuration is read. Not thread-safe. */
final class Report {
  private final List<Problem> problems = new ArrayList<>();
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
      throw new ConfigException(problems);
    }
  }
}
