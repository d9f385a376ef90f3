package dev.gatehouse.config;

import java.util.List;
import java.util.stream.Collectors;

/** Says all that is wrong in the configuration at once; the application must not start. */
public final class ConfigException extends RuntimeException {
  private final transient List<Problem> problems;

  /**
   * @param problems at least one
   */
  ConfigException(List<Problem> problems) {
    super(report(problems));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  private static String report(List<Problem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", "The configuration has " + count + ":", ""));
  }
}
