package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.ByteRanges.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 §14.6, §15.3.7.2 several ranges")
class MultipartTest {
  private static final List<Range> TWO = List.of(new Range(1, 3), new Range(8, 8));

  @Test
  void eachPartHasItsOwnHead() {
    StoredResponse stored = stored(200, "0123456789", "Content-Type", "text/plain; charset=utf-8");
    Multipart multipart = Multipart.of(stored, TWO, "THIS_IS_IT");
    assertThat(multipart.contentType()).isEqualTo("multipart/byteranges; boundary=THIS_IS_IT");
    assertThat(text(multipart))
        .isEqualTo(
            String.join(
                "\r\n",
                "--THIS_IS_IT",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Range: bytes 1-3/10",
                "",
                "123",
                "--THIS_IS_IT",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Range: bytes 8-8/10",
                "",
                "8",
                "--THIS_IS_IT--",
                ""));
  }

  @Test
  void whatHasNoTypeGetsNone() {
    assertThat(text(Multipart.of(stored(200, "0123456789"), TWO, "b"))).doesNotContain("Type");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "0-9 200-209, 0-9 200-209",
    "200-209 0-9, 200-209 0-9",
    "0-9 5-14, 0-14",
    "0-9 10-19, 0-19",
    "0-9 90-99, 0-99", // 80 between them
    "0-9 91-99, 0-9 91-99",
    "91-99 0-9, 91-99 0-9",
    "0-999 5-6, 0-999",
    "5-6 0-999, 0-999",
    "0-0 500-500 100-100 50-50, 0-100 500-500",
    "500-500 0-0 300-300 100-100 50-250, 500-500 0-300",
    "0-0 0-0 0-0, 0-0",
    "'', ''",
  })
  void whatIsNearIsOne(String ranges, String expected) {
    assertThat(text(Multipart.coalesced(ranges(ranges)))).isEqualTo(expected);
  }

  @Test
  void allThatIsAskedForIsSentOnceAndWithinTheBound() {
    SplittableRandom random = new SplittableRandom(20_261_123);
    StoredResponse stored = stored(200, "x".repeat(5000), "Content-Type", "text/plain");
    for (int round = 0; round < 5_000; round++) {
      List<Range> asked = new ArrayList<>();
      BitSet wanted = new BitSet();
      for (int i = random.nextInt(1, 16); i > 0; i--) {
        int first = random.nextInt(4900);
        int last = first + random.nextInt(100);
        asked.add(new Range(first, last));
        wanted.set(first, last + 1);
      }
      List<Range> sent = Multipart.coalesced(asked);
      BitSet covered = new BitSet();
      for (Range range : sent) {
        BitSet one = new BitSet();
        one.set((int) range.first(), (int) range.last() + 1);
        assertThat(covered.intersects(one)).as("%s", asked).isFalse();
        covered.or(one);
      }
      wanted.andNot(covered);
      assertThat(wanted.isEmpty()).as("%s", asked).isTrue();
      assertThat(text(Multipart.of(stored, sent, "b".repeat(70))).length())
          .isLessThanOrEqualTo((int) Multipart.bound(stored.fields(), sent));
    }
  }

  private static List<Range> ranges(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String range : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      int dash = range.indexOf('-');
      ranges.add(
          new Range(
              Long.parseLong(range.substring(0, dash)), Long.parseLong(range.substring(dash + 1))));
    }
    return ranges;
  }

  private static String text(List<Range> ranges) {
    List<String> texts = new ArrayList<>();
    for (Range range : ranges) {
      texts.add(range.first() + "-" + range.last());
    }
    return String.join(" ", texts);
  }

  private static String text(Multipart multipart) {
    return new String(multipart.body(), StandardCharsets.ISO_8859_1);
  }
}
