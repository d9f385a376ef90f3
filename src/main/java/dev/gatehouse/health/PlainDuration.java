package dev.gatehouse.health;

import java.time.Duration;

/** Durations as an operator would say them, in at most two units. */
final class PlainDuration {
  private PlainDuration() {}

  static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return duration.toMillisPart() == 0 && seconds > 0
          ? seconds + " s"
          : duration.toMillis() + " ms";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return two(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
    }
    return seconds < 86_400
        ? two(duration.toHours(), "h", duration.toMinutesPart(), "min")
        : two(duration.toDays(), "d", duration.toHoursPart(), "h");
  }

  private static String two(long large, String unit, int small, String smallUnit) {
    return small == 0 ? large + " " + unit : large + " " + unit + " " + small + " " + smallUnit;
  }
}
