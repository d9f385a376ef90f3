package dev.gatehouse.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Puts a {@link Tally} into words. */
final class LoadReport {
  private static final List<AnsweredBy> NOT_A_BACKEND =
      List.of(AnsweredBy.CACHE, AnsweredBy.COLLAPSED, AnsweredBy.UNKNOWN);

  private LoadReport() {}

  static List<String> lines(Tally tally) {
    List<String> lines = new ArrayList<>();
    lines.add("Answers by status:");
    tally.statuses().forEach((status, count) -> lines.add("  " + status + "  " + count));
    lines.add("Answers by X-Backend-Server (share of these, deviation from an even share):");
    lines.addAll(distribution(tally.backends(), tally.others()));
    lines.add("Latency from the intended time of sending, in ms:");
    lines.add("  " + latency(tally.micros()));
    if (!tally.errors().isEmpty()) {
      lines.add("Errors:");
      tally.errors().forEach((kind, count) -> lines.add("  " + count + "  " + kind));
    }
    lines.add(
        "failed GET %d, failed POST %d".formatted(tally.failures("GET"), tally.failures("POST")));
    return lines;
  }

  /**
   * One line per backend: count, share of what backends answered, and by how much that differs from
   * an even share; then what no backend answered, or none that is named.
   */
  static List<String> distribution(Map<String, Long> backends, Map<AnsweredBy, Long> others) {
    long total = backends.values().stream().mapToLong(Long::longValue).sum();
    double even = (double) total / Math.max(1, backends.size());
    int width =
        Stream.concat(backends.keySet().stream(), others.keySet().stream().map(AnsweredBy::name))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    List<String> lines = new ArrayList<>();
    backends.forEach(
        (name, count) ->
            lines.add(
                counted(name, width, count)
                    + String.format(
                        Locale.ROOT,
                        "  %6.2f %%  %+.2f %%",
                        100.0 * count / total,
                        100.0 * (count - even) / even)));
    for (AnsweredBy by : NOT_A_BACKEND) {
      Long count = others.get(by);
      if (count != null) {
        lines.add(counted(by.name(), width, count));
      }
    }
    return lines;
  }

  private static String counted(String name, int width, long count) {
    return String.format(Locale.ROOT, "  %-" + width + "s %8d", name, count);
  }

  static String latency(Histogram micros) {
    return String.format(
        Locale.ROOT,
        "p50 %.1f  p90 %.1f  p99 %.1f  p99.9 %.1f  max %.1f",
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(90) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0,
        micros.getValueAtPercentile(99.9) / 1000.0,
        micros.getMaxValue() / 1000.0);
  }
}
