package dev.gatehouse.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTextTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");
  private final Locale usual = Locale.getDefault();

  @BeforeEach
  void useALocaleWithOtherDigitsAndCommas() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
  }

  @AfterEach
  void useTheUsualLocale() {
    Locale.setDefault(usual);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "plain ~ plain",
        "`` ~ ``",
        "<a href=\"x\"> ~ &lt;a href=&quot;x&quot;&gt;",
        "'&amp;' ~ &#39;&amp;amp;&#39;",
        "</script> ~ &lt;/script&gt;",
        "ä–€ ~ ä–€",
      })
  void htmlHoldsNoMarkupOfOthers(String text, String expected) {
    assertThat(PageText.html(text)).isEqualTo(expected);
  }

  @Test
  void aMomentIsToldInUtcAndToTheSecond() {
    assertThat(PageText.clock(Optional.of(NOW))).isEqualTo("2026-02-03 04:05:06 UTC");
    assertThat(PageText.clock(Optional.empty())).isEqualTo("–");
  }

  @ParameterizedTest(name = "{0} s -> {1}")
  @CsvSource({
    "-5, 0 s",
    "0, 0 s",
    "59, 59 s",
    "60, 1 min 0 s",
    "3599, 59 min 59 s",
    "3600, 1 h 0 min",
    "86399, 23 h 59 min",
    "86400, 1 d 0 h",
    "100000, 1 d 3 h",
    "31536000, 365 d 0 h",
  })
  void aDurationHasItsTwoLargestUnits(long seconds, String expected) {
    assertThat(PageText.duration(Duration.ofSeconds(seconds))).isEqualTo(expected);
    assertThat(PageText.ago(Optional.of(NOW.minusSeconds(seconds)), NOW))
        .isEqualTo(expected + " ago");
  }

  @Test
  void whatNeverWasIsNotLongAgo() {
    assertThat(PageText.ago(Optional.empty(), NOW)).isEmpty();
  }

  @ParameterizedTest(name = "{0} of {1} -> {2}")
  @CsvSource({
    "0, 0, –",
    "0, 5, 0.0 %",
    "1, 3, 33.3 %",
    "2, 3, 66.7 %",
    "5, 5, 100.0 %",
    "9223372036854775807, 9223372036854775807, 100.0 %",
  })
  void aShareIsInPercent(long part, long whole, String expected) {
    assertThat(PageText.share(part, whole)).isEqualTo(expected);
  }

  @Test
  void aRatioIsInPercent() {
    assertThat(PageText.percent(Optional.of(0.667))).isEqualTo("66.7 %");
    assertThat(PageText.percent(Optional.empty())).isEqualTo("–");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1536, 1.5 kB",
    "9949, 9.9 kB",
    "9950, 10 kB",
    "67108864, 67 MB",
    "999600, 1.0 MB",
    "1099511627776, 1.1 TB",
    "9223372036854775807, 9223372 TB",
  })
  void bytesHaveAUnit(long bytes, String expected) {
    assertThat(PageText.bytes(bytes)).isEqualTo(expected);
  }

  @Test
  void countersShowWhatThereIsTheLargestFirst() {
    assertThat(PageText.counts(Map.of("a", 0L, "b", 2L, "c", 10L))).isEqualTo("c 10, b 2");
    assertThat(PageText.counts(Map.of())).isEqualTo("–");
  }

  @Test
  void millisecondsHaveOneDecimal() {
    assertThat(PageText.millis(Optional.of(1234.56))).isEqualTo("1234.6 ms");
    assertThat(PageText.millis(Optional.empty())).isEqualTo("–");
  }

  @Test
  void anIdGoesIntoAPathWhateverItHas() {
    assertThat(PageText.segment("[::1]:80 /it's&<b>+%"))
        .isEqualTo("%5B%3A%3A1%5D%3A80%20%2Fit%27s%26%3Cb%3E%2B%25");
  }

  @Test
  void whatIsAmissShowsBeforeWhatTheChecksSay() {
    assertThat(PageText.mark(Reports.CHECKED)).isEqualTo("HEALTHY");
    assertThat(PageText.mark(Reports.UNCHECKED)).isEqualTo("DRAINING");
  }
}
