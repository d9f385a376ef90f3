package dev.gatehouse.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * HTTP-date (RFC 9110 §5.6.7): read in its three forms and no other, but in any letter case;
 * written in the preferred one.
 *
 * <p>What is nearly a date is none: to guess what it means could make a response live for years.
 * Only that the name of the day is the right one is not asked; nobody reckons with it.
 */
public final class HttpDate {
  private static final String DAYS = "mon tue wed thu fri sat sun ";
  private static final String LONG_DAYS =
      " monday tuesday wednesday thursday friday saturday sunday ";
  private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec ";
  private static final String WRITTEN_DAYS = "MonTueWedThuFriSatSun";
  private static final String WRITTEN_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  // d: a digit; _: a digit or a blank; ?: a letter; all else stands for itself, in any case
  private static final String IMF_FIXDATE = "???, dd ??? dddd dd:dd:dd GMT";
  private static final String RFC_850 = ", dd-???-dd dd:dd:dd GMT"; // after the day's name
  private static final String ASCTIME = "??? ??? _d dd:dd:dd dddd";

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private HttpDate() {}

  /**
   * The time that the text stands for; empty if it is no HTTP-date.
   *
   * @param now tells the century of a year of two digits
   */
  public static Optional<Instant> parse(String text, Instant now) {
    int comma = text.indexOf(',');
    if (comma == 3) {
      return fits(text, 0, IMF_FIXDATE) && isShortDay(text)
          ? instant(number(text, 12, 16), month(text, 8), number(text, 5, 7), time(text, 17))
          : Optional.empty();
    }
    if (comma > 3) {
      return fits(text, comma, RFC_850) && isLongDay(text, comma)
          ? inTheCenturyOf(now, text, comma)
          : Optional.empty();
    }
    return fits(text, 0, ASCTIME) && isShortDay(text)
        ? instant(number(text, 20, 24), month(text, 4), number(text, 8, 10), time(text, 11))
        : Optional.empty();
  }

  /**
   * As IMF-fixdate, in whole seconds; from before the year 0 or after 9999 the nearest there is.
   */
  public static String format(Instant time) {
    Instant near = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    OffsetDateTime at = near.atOffset(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(IMF_FIXDATE.length());
    int day = 3 * (at.getDayOfWeek().getValue() - 1);
    text.append(WRITTEN_DAYS, day, day + 3).append(", ");
    twoDigits(text, at.getDayOfMonth()).append(' ');
    int month = 3 * (at.getMonthValue() - 1);
    text.append(WRITTEN_MONTHS, month, month + 3).append(' ');
    twoDigits(text, at.getYear() / 100);
    twoDigits(text, at.getYear() % 100).append(' ');
    twoDigits(text, at.getHour()).append(':');
    twoDigits(text, at.getMinute()).append(':');
    return twoDigits(text, at.getSecond()).append(" GMT").toString();
  }

  /**
   * The latest year with these two digits that is not more than 50 years in the future (§5.6.7).
   */
  private static Optional<Instant> inTheCenturyOf(Instant now, String text, int comma) {
    OffsetDateTime limit = now.atOffset(ZoneOffset.UTC).plusYears(50);
    int month = month(text, comma + 5);
    int day = number(text, comma + 2, comma + 4);
    int time = time(text, comma + 12);
    if (month == 0 || time < 0) {
      return Optional.empty();
    }
    int year = Math.floorDiv(limit.getYear(), 100) * 100 + number(text, comma + 9, comma + 11);
    boolean later = (firstOf(year, month) + day - 1) * 86_400 + time > limit.toEpochSecond();
    return instant(later ? year - 100 : year, month, day, time);
  }

  private static Optional<Instant> instant(int year, int month, int day, int time) {
    if (month == 0 || time < 0 || day < 1) {
      return Optional.empty();
    }
    LocalDate first = LocalDate.of(year, month, 1);
    return day > first.lengthOfMonth()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond((first.toEpochDay() + day - 1) * 86_400 + time));
  }

  private static long firstOf(int year, int month) {
    return LocalDate.of(year, month, 1).toEpochDay();
  }

  /** Seconds since midnight; a leap second is the last of its day; negative: no time. */
  private static int time(String text, int start) {
    int hour = number(text, start, start + 2);
    int minute = number(text, start + 3, start + 5);
    int second = number(text, start + 6, start + 8);
    boolean leap = hour == 23 && minute == 59 && second == 60;
    return leap || (hour < 24 && minute < 60 && second < 60)
        ? hour * 3600 + minute * 60 + second
        : -1;
  }

  /** From 1; 0: no month. */
  private static int month(String text, int start) {
    int index = MONTHS.indexOf(Ascii.lower(text.substring(start, start + 3)) + ' ');
    return index % 4 == 0 ? index / 4 + 1 : 0;
  }

  private static boolean isShortDay(String text) {
    return DAYS.indexOf(Ascii.lower(text.substring(0, 3)) + ' ') % 4 == 0;
  }

  private static boolean isLongDay(String text, int end) {
    return text.indexOf(' ') > end
        && LONG_DAYS.contains(' ' + Ascii.lower(text.substring(0, end)) + ' ');
  }

  /** Whether the text from there to its end is of this shape. */
  private static boolean fits(String text, int start, String shape) {
    if (text.length() - start != shape.length()) {
      return false;
    }
    for (int i = 0; i < shape.length(); i++) {
      char c = text.charAt(start + i);
      char expected = shape.charAt(i);
      boolean fit =
          switch (expected) {
            case 'd' -> Ascii.isDigit(c);
            case '_' -> Ascii.isDigit(c) || c == ' ';
            case '?' -> Ascii.isAlphanumeric(c) && !Ascii.isDigit(c);
            default -> c == expected || (expected >= 'A' && c == (expected | 0x20));
          };
      if (!fit) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      number = c == ' ' ? number : number * 10 + (c - '0');
    }
    return number;
  }

  private static StringBuilder twoDigits(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
