package dev.gatehouse.status;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Text for the page: escaped, and in words that a person reads at a glance. */
public final class PageText {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

  private PageText() {}

  /** Text as HTML, for elements and for attributes in double quotes. */
  public static String html(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** Text as one segment of a path (RFC 3986 §3.3), for attributes too. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The state of a backend that matters most, as the page and the log's table say it. */
  public static String mark(StatusReport.Backend backend) {
    return switch (backend.standing()) {
      case "AVAILABLE", "UNREACHABLE" -> backend.status();
      default -> backend.standing();
    };
  }

  /** A moment; a dash for none. */
  public static String clock(Optional<Instant> moment) {
    return moment.map(CLOCK::format).orElse("–");
  }

  /** How long ago; empty for none. */
  public static String ago(Optional<Instant> moment, Instant now) {
    return moment.map(m -> duration(Duration.between(m, now)) + " ago").orElse("");
  }

  /** The two largest units: {@code 3 d 4 h}, {@code 12 min 5 s}, {@code 0 s}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
  }

  /** A part of a whole in percent; a dash when the whole is nothing. */
  public static String share(long part, long whole) {
    return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  /** A ratio from 0 to 1 in percent; a dash for none. */
  public static String percent(Optional<Double> ratio) {
    return ratio.map(r -> String.format(Locale.ROOT, "%.1f %%", 100 * r)).orElse("–");
  }

  /** An amount of bytes with three digits or so: {@code 512 B}, {@code 1.5 kB}, {@code 20 MB}. */
  public static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 999.5 && unit < UNITS.size() - 1) {
      amount /= 1000;
      unit++;
    }
    String format = unit == 0 || amount >= 9.95 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, amount, UNITS.get(unit));
  }

  /**
   * The counters that are not zero, the largest first: {@code no-store 5, private 2}; a dash for
   * none.
   */
  public static String counts(Map<String, Long> counters) {
    String counts =
        counters.entrySet().stream()
            .filter(each -> each.getValue() > 0)
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "–" : counts;
  }

  /** Milliseconds with one decimal; a dash for none. */
  public static String millis(Optional<Double> millis) {
    return millis.map(m -> String.format(Locale.ROOT, "%.1f ms", m)).orElse("–");
  }
}
