package dev.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLineTest {
  @Test
  void membersStandInOrderAndAbsentOnesAreLeftOut() {
    JsonLine line = new JsonLine();
    line.text("a", "x");
    line.text("b", null);
    line.number("c", -7);
    line.millis("d", 1_234_567);
    line.text("e", "");
    assertThat(line.end()).isEqualTo("{\"a\":\"x\",\"c\":-7,\"d\":1.234,\"e\":\"\"}");
    assertThat(new JsonLine().end()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.000",
    "999, 0.000",
    "1000, 0.001",
    "12000, 0.012",
    "123456, 0.123",
    "60000001000, 60000.001"
  })
  void nanosecondsAreMillisecondsWithThreeDecimals(long nanos, String millis) {
    JsonLine line = new JsonLine();
    line.millis("ms", nanos);
    assertThat(line.end()).isEqualTo("{\"ms\":" + millis + "}");
  }

  @Test
  void whatCouldEndALineOrSpeakToATerminalIsEscaped() {
    assertThat(escaped("a\r\nb\u001b[31m\u007f\u2028\u2029\u00e9\"\\\u0000/~"))
        .isEqualTo(
            "a\\u000d\\u000ab\\u001b[31m\\u007f\\u2028\\u2029\\u00e9\\u0022\\u005c\\u0000/~");
  }

  @Test
  void whateverGoesInTheLineIsAsciiAndReadsBackTheSame() {
    SplittableRandom random = new SplittableRandom(8259);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder any = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        int bound = random.nextInt(4) == 0 ? 0x110000 : 0x180;
        int c = random.nextInt(bound);
        any.appendCodePoint(c >= 0xd800 && c < 0xe000 ? '?' : c);
      }
      String line = line(any.toString());
      assertThat(line.chars().allMatch(c -> c >= ' ' && c <= '~')).as(line).isTrue();
      assertThat(parsed(line).getString("v")).isEqualTo(any.toString());
    }
  }

  @Test
  void aLongValueIsCutAndSaysSo() {
    String most = "x".repeat(JsonLine.MAX_LENGTH);
    assertThat(escaped(most)).isEqualTo(most);
    assertThat(escaped(most + "y")).isEqualTo(most + JsonLine.CUT);
  }

  @Test
  void noCharacterIsCutInHalf() {
    String odd = "x".repeat(JsonLine.MAX_LENGTH - 1);
    assertThat(escaped(odd + "\ud83d\ude00")).isEqualTo(odd + JsonLine.CUT);
    String even = "x".repeat(JsonLine.MAX_LENGTH - 2);
    assertThat(escaped(even + "\ud83d\ude00")).isEqualTo(even + "\\ud83d\\ude00");
  }

  private static String line(String value) {
    JsonLine line = new JsonLine();
    line.text("v", value);
    return line.end();
  }

  private static String escaped(String value) {
    String line = line(value);
    return line.substring("{\"v\":\"".length(), line.length() - "\"}".length());
  }

  static JsonObject parsed(String line) {
    try (JsonReader reader = JsonProvider.provider().createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }
}
