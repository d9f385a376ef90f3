package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §5.6.7 dates")
class HttpDateTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Nested
  @DisplayName("the three forms")
  class Forms {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiter = '|',
        ignoreLeadingAndTrailingWhitespace = true,
        value = {
          "Sun, 06 Nov 1994 08:49:37 GMT  | 1994-11-06T08:49:37Z",
          "Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z",
          "Sun Nov  6 08:49:37 1994       | 1994-11-06T08:49:37Z",
          "Sun Nov 16 08:49:37 1994       | 1994-11-16T08:49:37Z",
          "Sun Nov 06 08:49:37 1994       | 1994-11-06T08:49:37Z", // date3 is 2DIGIT or SP DIGIT
          "Thu, 01 Jan 1970 00:00:00 GMT  | 1970-01-01T00:00:00Z",
          "Wed, 31 Dec 1969 23:59:59 GMT  | 1969-12-31T23:59:59Z",
          "Tue, 29 Feb 2028 23:59:59 GMT  | 2028-02-29T23:59:59Z",
          "Tue, 29 Feb 2000 00:00:00 GMT  | 2000-02-29T00:00:00Z",
          "Sat, 31 Dec 2016 23:59:60 GMT  | 2017-01-01T00:00:00Z", // a leap second
          "Tue, 01 Feb 2026 00:00:00 GMT  | 2026-02-01T00:00:00Z", // it is a Sunday
          "Thu Aug  8 02:01:18 2050       | 2050-08-08T02:01:18Z", // a Monday
        })
    void areRead(String text, Instant expected) {
      assertThat(HttpDate.parse(text, NOW)).contains(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
        strings = {
          "THU, 18 AUG 2050 02:01:18 GMT",
          "thu, 18 Aug 2050 02:01:18 GMT",
          "Thu, 18 aug 2050 02:01:18 GMT",
          "Thu, 18 Aug 2050 02:01:18 gMt",
          "tHURSDAY, 18-aUG-50 02:01:18 gmt",
          "thu aug 18 02:01:18 2050",
        })
    void areReadInAnyLetterCase(String text) {
      assertThat(HttpDate.parse(text, NOW)).contains(Instant.parse("2050-08-18T02:01:18Z"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
      "'Tue, 19 Jan 2038 14:14:08 GMT', 2038-01-19T14:14:08Z",
      "'Sun, 21 Nov 2286 04:46:39 GMT', 2286-11-21T04:46:39Z",
      "'Fri, 31 Dec 9999 23:59:59 GMT', 9999-12-31T23:59:59Z",
      "'Sat, 01 Jan 0000 00:00:00 GMT', 0000-01-01T00:00:00Z",
    })
    void mayLieFarAway(String text, Instant expected) {
      assertThat(HttpDate.parse(text, NOW)).contains(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
      "Mon, 1", "Tue, 2", "Wed, 3", "Thu, 4", "Fri, 5", "Sat, 6", "Sun, 7",
    })
    void knowAllDays(String day, int number) {
      String date = "0" + number + " Jan 2024 00:00:00 GMT";
      Instant expected = Instant.parse("2024-01-0" + number + "T00:00:00Z");
      assertThat(HttpDate.parse(day + ", " + date, NOW)).contains(expected);
      assertThat(HttpDate.format(expected)).isEqualTo(day + ", " + date);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
    void knowAllLongDays(String day) {
      assertThat(HttpDate.parse(day + ", 01-Jan-24 00:00:00 GMT", NOW)).isPresent();
    }
  }

  @Nested
  @DisplayName("what is refused")
  class Refused {
    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
        strings = {
          "",
          "0",
          "-1",
          "now",
          "1725000000",
          "Thu, 18 Aug 2050 02:01:18 UTC",
          "Thu, 18 Aug 2050 02:01:18 EST",
          "Thu, 18 Aug 2050 02:01:18 +0000",
          "Thu, 18 Aug 2050 02:01:18 AEST",
          "Thu, 18 Aug 2050 02:01:18",
          "Thu, 18 Aug 50 02:01:18 GMT",
          "Thu 18 Aug 2050 02:01:18 GMT",
          "Thu, 18  Aug  2050 02:01:18 GMT",
          "Thu,  18 Aug 2050 02:01:18 GMT",
          "Thu,18 Aug 2050 02:01:18 GMT",
          "Thu, 18-Aug-2050 02:01:18 GMT",
          "Thu, 18 Aug 2050 02.01.18 GMT",
          "Thu, 18 Aug 2050 2:01:18 GMT",
          "Thu, 18 Aug 2050 02:01 GMT",
          "Thu, 18 Aug 2050  2:01:18 GMT",
          "Thu, 8 Aug 2050 02:01:18 GMT",
          "Thu,  8 Aug 2050 02:01:18 GMT",
          "Thu, 18 Aug 12050 02:01:18 GMT",
          "Thu, 18 Aug 2050 02:01:18 GMT ",
          " Thu, 18 Aug 2050 02:01:18 GMT",
          "Thu, 18 Aug 2050 02:01:18 GMT; x",
          "Thu, 18 Aug 2050 02:01:18 GMT, Thu, 18 Aug 2050 02:01:18 GMT", // two lines
          "Thursday, 18 Aug 2050 02:01:18 GMT",
          "Thu, 18-Aug-50 02:01:18 GMT",
          "Thursday, 18-Aug-2050 02:01:18 GMT",
          "Thurs, 18-Aug-50 02:01:18 GMT",
          "monday tuesday, 18-Aug-50 02:01:18 GMT",
          "Thursday, 18-Aug-50 02:01:18 UTC",
          "Thursday, 00-Aug-50 02:01:18 GMT",
          "Thursday, 18-Foo-50 02:01:18 GMT",
          "Thursday, 18-Aug-50 25:01:18 GMT",
          "Tho, 18 Aug 2050 02:01:18 GMT",
          "hu , 18 Aug 2050 02:01:18 GMT",
          "Thu, 18 Foo 2050 02:01:18 GMT",
          "Thu, 18 anf 2050 02:01:18 GMT",
          "Thu, 00 Aug 2050 02:01:18 GMT",
          "Thu, 32 Aug 2050 02:01:18 GMT",
          "Thu, 29 Feb 2027 02:01:18 GMT",
          "Thu, 29 Feb 2100 02:01:18 GMT",
          "Thu, 18 Aug 2050 24:00:00 GMT",
          "Thu, 18 Aug 2050 23:60:00 GMT",
          "Thu, 18 Aug 2050 02:01:60 GMT",
          "Thu, 18 Aug 2050 23:58:60 GMT",
          "Thu, 18 Aug 2050 22:59:60 GMT",
          "Thu, 18 Aug 2050 23:59:61 GMT",
          "Sun Nov  6 08:49:37 1994 GMT",
          "Sun Nov 6 08:49:37 1994",
          "Sun Nov    08:49:37 1994",
          "Sun Nov 6  08:49:37 1994",
          "Sun Noo  6 08:49:37 1994",
          "Soo Nov  6 08:49:37 1994",
          "Sun Nov  6 08:49:37 94",
          "\u017fun, 06 Nov 1994 08:49:37 GMT", // a long s
          "Sun, 06 Nov 1994 08:49:3\u0663 GMT", // an Arabic three
          "Thu, 18 Aug 2050\00002:01:18 GMT",
        })
    void isNearlyADate(String text) {
      assertThat(HttpDate.parse(text, NOW)).isEmpty();
    }
  }

  @Nested
  @DisplayName("years of two digits")
  class TwoDigits {
    @ParameterizedTest(name = "in {0}: {1} -> {2}")
    @CsvSource({
      "2026-11-23T12:00:00Z, 23-Nov-76 12:00:00, 2076-11-23T12:00:00Z",
      "2026-11-23T12:00:00Z, 23-Nov-76 12:00:01, 1976-11-23T12:00:01Z",
      "2026-11-23T12:00:00Z, 01-Jan-76 00:00:00, 2076-01-01T00:00:00Z",
      "2026-11-23T12:00:00Z, 01-Jan-77 00:00:00, 1977-01-01T00:00:00Z",
      "2026-11-23T12:00:00Z, 01-Jan-00 00:00:00, 2000-01-01T00:00:00Z",
      "2026-11-23T12:00:00Z, 29-Feb-00 00:00:00, 2000-02-29T00:00:00Z",
      "2051-01-01T00:00:00Z, 31-Dec-00 23:59:59, 2100-12-31T23:59:59Z",
      "2051-01-01T00:00:00Z, 01-Jan-01 00:00:00, 2101-01-01T00:00:00Z",
      "2051-01-01T00:00:00Z, 01-Jan-01 00:00:01, 2001-01-01T00:00:01Z",
      "2090-06-01T00:00:00Z, 01-Jan-10 00:00:00, 2110-01-01T00:00:00Z",
      "2090-06-01T00:00:00Z, 01-Jan-99 00:00:00, 2099-01-01T00:00:00Z",
      "2090-06-01T00:00:00Z, 01-Jan-41 00:00:00, 2041-01-01T00:00:00Z",
    })
    void areNotMoreThanFiftyYearsInTheFuture(Instant now, String date, Instant expected) {
      assertThat(HttpDate.parse("Monday, " + date + " GMT", now)).contains(expected);
    }

    @Test
    void mustHaveTheDayInTheYearTheyMean() {
      Instant now = Instant.parse("2070-01-01T00:00:00Z");
      assertThat(HttpDate.parse("Monday, 29-Feb-00 00:00:00 GMT", now)).isEmpty(); // 2100
    }
  }

  @Nested
  @DisplayName("what is written")
  class Written {
    @ParameterizedTest
    @CsvSource({
      "1994-11-06T08:49:37.999Z, 'Sun, 06 Nov 1994 08:49:37 GMT'",
      "2286-11-21T04:46:39Z, 'Sun, 21 Nov 2286 04:46:39 GMT'",
      "+12345-01-01T00:00:00Z, 'Fri, 31 Dec 9999 23:59:59 GMT'",
      "9999-12-31T23:59:59.5Z, 'Fri, 31 Dec 9999 23:59:59 GMT'",
      "-0001-01-01T00:00:00Z, 'Sat, 01 Jan 0000 00:00:00 GMT'",
    })
    void isAnImfFixdate(Instant time, String expected) {
      assertThat(HttpDate.format(time)).isEqualTo(expected);
    }

    @Test
    void isWhatTheJdkWritesAndWeRead() {
      DateTimeFormatter jdk =
          DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US);
      SplittableRandom random = new SplittableRandom(20_261_123);
      for (int round = 0; round < 20_000; round++) {
        Instant time = Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L));
        String text = HttpDate.format(time);
        assertThat(text).isEqualTo(jdk.format(time.atOffset(ZoneOffset.UTC)));
        assertThat(HttpDate.parse(text, NOW)).contains(time);
      }
    }
  }
}
