package dev.gatehouse.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a report as a box for the log: each backend's state as the page has it, its share. */
public final class BackendTable {
  private static final List<String> HEAD =
      List.of(
          "Backend URL", "Status", "Failures", "Last Healthy", "Requests", "Share", "In flight");

  private BackendTable() {}

  /** One table for each pool; lines are separated by {@code \n}. */
  public static String draw(StatusReport report) {
    StringBuilder out = new StringBuilder();
    for (StatusReport.Pool pool : report.pools()) {
      out.append("pool ").append(pool.id()).append('\n');
      draw(rows(pool), out);
    }
    return out.toString();
  }

  private static List<List<String>> rows(StatusReport.Pool pool) {
    long all = pool.backends().stream().mapToLong(StatusReport.Backend::requests).sum();
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    for (StatusReport.Backend backend : pool.backends()) {
      rows.add(
          List.of(
              backend.url(),
              PageText.mark(backend),
              backend.failures() + "/" + pool.maxFailures(),
              PageText.clock(backend.lastHealthy()),
              Long.toString(backend.requests()),
              PageText.share(backend.requests(), all),
              Integer.toString(backend.inFlight())));
    }
    return rows;
  }

  private static void draw(List<List<String>> rows, StringBuilder out) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    rule(widths, "┌┬┐", out);
    for (int r = 0; r < rows.size(); r++) {
      for (int i = 0; i < widths.length; i++) {
        out.append(String.format(Locale.ROOT, "│ %-" + widths[i] + "s ", rows.get(r).get(i)));
      }
      out.append("│\n");
      if (r == 0) {
        rule(widths, "├┼┤", out);
      }
    }
    rule(widths, "└┴┘", out);
  }

  private static void rule(int[] widths, String corners, StringBuilder out) {
    for (int i = 0; i < widths.length; i++) {
      out.append(corners.charAt(i == 0 ? 0 : 1)).append("─".repeat(widths[i] + 2));
    }
    out.append(corners.charAt(2)).append('\n');
  }
}
