package dev.gatehouse.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Puts a {@link Tally} into words. */
final class LoadReport {
  private LoadReport() {}

  static List<String> lines(Tally tally) {
    List<String> lines = new ArrayList<>();
    lines.add("Answers by status:");
    tally.statuses().forEach((status, count) -> lines.add("  " + status + "  " + count));
    lines.add("Answers by X-Backend-Server (share, deviation from an even share):");
    lines.addAll(distribution(tally.backends()));
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

  /** One line per backend: count, share of all, and by how much that differs from 1/n of all. */
  static List<String> distribution(Map<String, Long> counts) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    double even = (double) total / Math.max(1, counts.size());
    int width = counts.keySet().stream().mapToInt(String::length).max().orElse(0);
    return counts.entrySet().stream()
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "  %-" + width + "s %8d  %6.2f %%  %+.2f %%",
                    entry.getKey(),
                    entry.getValue(),
                    100.0 * entry.getValue() / total,
                    100.0 * (entry.getValue() - even) / even))
        .toList();
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
