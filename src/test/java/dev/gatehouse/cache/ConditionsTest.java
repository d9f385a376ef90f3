package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.fields;
import static dev.gatehouse.cache.Samples.stored;
import static dev.gatehouse.cache.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.ByteRanges.Range;
import dev.gatehouse.http.Fields;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:30:00Z");
  private static final String MODIFIED = "Sun, 22 Nov 2026 10:00:00 GMT";
  private static final String BEFORE = "Sun, 22 Nov 2026 09:59:59 GMT";
  private static final String AFTER = "Sun, 22 Nov 2026 10:00:01 GMT";
  private static final String DATE = "Mon, 23 Nov 2026 12:00:00 GMT";

  private static final StoredResponse STORED =
      stored(200, "0123456789", "ETag", "\"a\"", "Last-Modified", MODIFIED, "Date", DATE);

  @Nested
  @DisplayName("RFC 9110 §13.1.2 If-None-Match")
  class IfNoneMatch {
    @ParameterizedTest(name = "ETag {0}, If-None-Match {1} -> {2}")
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "\"a\"   | \"a\"                  | 304",
          "\"a\"   | W/\"a\"                | 304",
          "W/\"a\" | \"a\"                  | 304",
          "W/\"a\" | W/\"a\"                | 304",
          "\"a\"   | \"a\", \"b\", \"c\"    | 304",
          "\"a\"   | \"b\", \"a\", \"c\"    | 304",
          "\"a\"   | \"b\", \"c\", \"a\"    | 304",
          "\"a,b\" | \"x\",\"a,b\"          | 304",
          "\"a\"   | *                      | 304",
          "\"a\"   | \"b\"                  | 200",
          "\"a\"   | *, \"b\"               | 200",
          "\"a\"   | a                      | 200",
          "a       | a                      | 304",
          "a       | \"a\"                  | 200",
          "w/\"a\" | w/\"a\"                | 304",
          "w/\"a\" | \"a\"                  | 200",
          "W\\\"a\" | W\\\"a\"              | 304",
          "W\"a\"  | W\"a\"                 | 304",
          "\"a\"   | ``                     | 200",
        })
    void isComparedWeakly(String tag, String asked, String expected) {
      StoredResponse stored = stored(200, "x", "ETag", tag);
      assertThat(told("GET", Fields.of("If-None-Match", asked), stored)).isEqualTo(expected);
      assertThat(told("HEAD", Fields.of("If-None-Match", asked), stored)).isEqualTo(expected);
    }

    @Test
    void mayHaveSeveralLines() {
      assertThat(told("GET", Fields.of("If-None-Match", "\"b\"", "If-None-Match", "\"a\""), STORED))
          .isEqualTo("304");
    }

    @Test
    void doesNotMatchWhatHasNoTagButForTheAsterisk() {
      StoredResponse untagged = stored(200, "x", "Date", DATE);
      assertThat(told("GET", Fields.of("If-None-Match", "\"a\""), untagged)).isEqualTo("200");
      assertThat(told("GET", Fields.of("If-None-Match", "*"), untagged)).isEqualTo("304");
    }

    @Test
    void doesNotMatchWhatHasTwoTags() {
      StoredResponse both = stored(200, "x", "ETag", "\"a\"", "ETag", "\"b\"");
      assertThat(told("GET", Fields.of("If-None-Match", "\"a\""), both)).isEqualTo("200");
    }
  }

  @Nested
  @DisplayName("RFC 9110 §13.1.3 If-Modified-Since")
  class IfModifiedSince {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiter = '|',
        value = {
          MODIFIED + " | 304",
          AFTER + " | 304",
          BEFORE + " | 200",
          "Sunday, 22-Nov-26 10:00:00 GMT | 304",
          "Sunday, 22-Nov-26 09:00:00 GMT | 200",
          "Sun Nov 22 10:00:00 2026 | 304",
          "Sun Nov 22 09:00:00 2026 | 200",
          "Thu, 18 Aug 2050 02:01:18 GMT | 304", // §13.1.3 does not forbid the future
          "0 | 200",
          "Sun, 22 Nov 2026 10:00:00 UTC | 200",
          AFTER + ", " + AFTER + " | 200",
        })
    void isComparedWithLastModified(String since, String expected) {
      Fields request = Fields.of("If-Modified-Since", since);
      assertThat(told("GET", request, STORED)).isEqualTo(expected);
      assertThat(told("HEAD", request, STORED)).isEqualTo(expected);
    }

    @Test
    void isIgnoredIfThereAreTwo() {
      Fields two = Fields.of("If-Modified-Since", AFTER, "If-Modified-Since", AFTER);
      assertThat(told("GET", two, STORED)).isEqualTo("200");
    }

    @Test
    void isIgnoredIfThereIsAnIfNoneMatch() {
      Fields request = Fields.of("If-Modified-Since", AFTER, "If-None-Match", "\"b\"");
      assertThat(told("GET", request, STORED)).isEqualTo("200");
      request = Fields.of("If-Modified-Since", BEFORE, "If-None-Match", "\"a\"");
      assertThat(told("GET", request, STORED)).isEqualTo("304");
    }

    @ParameterizedTest(name = "Date {0}, If-Modified-Since {1} -> {2}")
    @CsvSource(
        delimiter = '|',
        value = {
          MODIFIED + " | " + MODIFIED + " | 304",
          MODIFIED + " | " + AFTER + " | 304",
          MODIFIED + " | " + BEFORE + " | 200",
          "now | Mon, 23 Nov 2026 11:59:59 GMT | 200", // no date: the time of receipt
          "now | Mon, 23 Nov 2026 12:00:00 GMT | 304",
        })
    @DisplayName("RFC 9111 §4.3.2: Date stands for Last-Modified")
    void isComparedWithDateOtherwise(String date, String since, String expected) {
      StoredResponse stored = stored(200, "x", "Date", date);
      assertThat(told("GET", Fields.of("If-Modified-Since", since), stored)).isEqualTo(expected);
    }
  }

  @Nested
  @DisplayName("RFC 9111 §4.3.2 what only an origin decides")
  class ForOrigin {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "If-Match: \"a\"                       ; 200",
          "If-Match: \"b\", \"a\"                ; 200",
          "If-Match: *                           ; 200",
          "If-Match: \"b\"                       ; origin",
          "If-Match: W/\"a\"                     ; origin", // §13.1.1: strong comparison
          "If-Match: a                           ; origin",
          "If-Match: \"b\" | If-None-Match: \"a\"; origin",
          "If-Match: \"a\" | If-None-Match: \"a\"; 304",
          "If-Match: \"a\" | If-Unmodified-Since: " + BEFORE + "; 200", // §13.2.2 step 2
          "If-Match: \"b\" | If-Unmodified-Since: " + AFTER + " ; origin",
          "If-Unmodified-Since: " + MODIFIED + "  ; 200",
          "If-Unmodified-Since: " + AFTER + "     ; 200",
          "If-Unmodified-Since: " + BEFORE + "    ; origin",
          "If-Unmodified-Since: yesterday         ; 200", // §13.1.4: to be ignored
          "If-Unmodified-Since: " + BEFORE + " | Range: bytes=0-1; origin",
          "If-Match: \"a\" | Range: bytes=0-1     ; 206 0-1",
        })
    void isNotDecidedByUs(String request, String expected) {
      assertThat(told("GET", fields(request), STORED)).isEqualTo(expected);
    }

    @Test
    void isWhateverWeCannotCompare() {
      StoredResponse bare = stored(200, "x", "Date", DATE);
      assertThat(told("GET", fields("If-Match: \"a\""), bare)).isEqualTo("origin");
      assertThat(told("HEAD", fields("If-Unmodified-Since: " + AFTER), bare)).isEqualTo("origin");
      assertThat(told("GET", fields("If-Match: *"), bare)).isEqualTo("200");
    }

    @Test
    void isWeakWhenOursIs() {
      StoredResponse weak = stored(200, "x", "ETag", "W/\"a\"");
      assertThat(told("GET", fields("If-Match: W/\"a\""), weak)).isEqualTo("origin");
    }
  }

  @Nested
  @DisplayName("RFC 9110 §13.2.1 when preconditions count")
  class WhenTheyCount {
    @ParameterizedTest
    @CsvSource({"POST", "PUT", "OPTIONS"})
    void notForOtherMethods(String method) {
      Fields request = fields("If-None-Match: \"a\" | If-Match: \"b\" | Range: bytes=0-1");
      assertThat(told(method, request, STORED)).isEqualTo("200");
    }

    @Test
    @DisplayName("RFC 10008 §2.6 for QUERY as for GET, but a part is never needed")
    void forQueryAsForGet() {
      assertThat(told("QUERY", fields("If-None-Match: \"b\", \"a\""), STORED))
          .isEqualTo(told("GET", fields("If-None-Match: \"b\", \"a\""), STORED));
      assertThat(told("QUERY", fields("If-Match: \"b\""), STORED)).isEqualTo("origin");
      assertThat(told("QUERY", fields("Range: bytes=0-1"), STORED)).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 304, 404, 410, 500})
    void notForOtherThanSuccess(int status) {
      StoredResponse stored = stored(status, "0123456789", "ETag", "\"a\"");
      for (String request :
          List.of("If-None-Match: \"a\"", "If-Match: \"b\"", "Range: bytes=0-1")) {
        assertThat(told("GET", fields(request), stored)).isEqualTo("200");
      }
    }

    @Test
    void rangesOnlyForAGetOfA200() {
      StoredResponse odd = stored(203, "0123456789", "ETag", "\"a\"");
      assertThat(told("GET", fields("Range: bytes=0-1"), odd)).isEqualTo("200");
      assertThat(told("GET", fields("If-None-Match: \"a\""), odd)).isEqualTo("304");
      assertThat(told("HEAD", fields("Range: bytes=0-1"), STORED)).isEqualTo("200"); // §14.2
    }
  }

  @Nested
  @DisplayName("RFC 9110 §14.2 Range")
  class Ranges {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiter = '|',
        value = {
          "bytes=0-1             | 206 0-1",
          "bytes=5-              | 206 5-9",
          "bytes=-3              | 206 7-9",
          "bytes=8-20            | 206 8-9",
          "bytes=0-              | 206 0-9",
          "bytes=10-             | 416",
          "bytes=-0              | 416",
          "bytes=10-,20-30       | 416",
          "bytes=3-2             | 200",
          "bytes=x               | 200",
          "lines=0-1             | 200",
          "bytes=0-1,20-         | 206 0-1",
          "bytes=0-1,5-6         | 206 0-6", // a part's head costs more than the gap
          "bytes=5-6,0-1,5-9     | 206 0-9",
        })
    void isAnsweredFromTheWhole(String range, String expected) {
      assertThat(told("GET", Fields.of("Range", range), STORED)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiter = '|',
        value = {
          "bytes=0-99,5000-5099           | 206 0-99 5000-5099",
          "bytes=5000-5099,0-99           | 206 5000-5099 0-99",
          "bytes=5000-5099,0-99,5050-5200 | 206 5000-5200 0-99",
          "bytes=0-99,300-399,100-299     | 206 0-399",
          "bytes=0-99,-100                | 206 0-99 9900-9999",
          "bytes=0-99,9000-9099,99999-    | 206 0-99 9000-9099",
          "bytes=0-4900,5100-9999         | 200", // dearer than the whole
          "bytes=0-0,200-200,400-400,600-600,800-800,1000-1000,1200-1200,1400-1400,1600-1600,"
              + "1800-1800,2000-2000,2200-2200,2400-2400,2600-2600,2800-2800,3000-3000,3200-3200"
              + " | 200", // 17
        })
    void ofSeveralIsAnsweredIfFewAndWorthIt(String range, String expected) {
      StoredResponse large = stored(200, "x".repeat(10_000), "ETag", "\"a\"");
      assertThat(told("GET", Fields.of("Range", range), large)).isEqualTo(expected);
    }

    @Test
    void ofSeveralGetsTheWholeOfWhatIsCoded() {
      StoredResponse coded = stored(200, "x".repeat(10_000), "Content-Encoding", "gzip");
      assertThat(told("GET", fields("Range: bytes=0-9,5000-5009"), coded)).isEqualTo("200");
      assertThat(told("GET", fields("Range: bytes=0-9"), coded)).isEqualTo("206 0-9");
    }

    @Test
    void isIgnoredIfThereAreTwo() {
      assertThat(told("GET", fields("Range: bytes=0-1 | Range: bytes=0-1"), STORED))
          .isEqualTo("200");
    }

    @Test
    void ofNothingIsTheWholeNothing() {
      StoredResponse empty = stored(200, "", "ETag", "\"a\"");
      assertThat(told("GET", fields("Range: bytes=-1"), empty)).isEqualTo("200");
      assertThat(told("GET", fields("Range: bytes=0-"), empty)).isEqualTo("416");
    }

    @Test
    void comesAfterThePreconditions() {
      assertThat(told("GET", fields("Range: bytes=0-1 | If-None-Match: \"a\""), STORED))
          .isEqualTo("304");
      assertThat(told("GET", fields("Range: bytes=0-1 | If-None-Match: \"b\""), STORED))
          .isEqualTo("206 0-1");
      assertThat(told("GET", fields("Range: bytes=20- | If-Modified-Since: " + AFTER), STORED))
          .isEqualTo("304");
    }
  }

  @Nested
  @DisplayName("RFC 9110 §13.1.5 If-Range")
  class IfRange {
    @ParameterizedTest(name = "ETag {0}, If-Range {1} -> {2}")
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "\"a\"   | \"a\"          | 206 0-1",
          "\"a\"   | \"b\"          | 200",
          "\"a\"   | W/\"a\"        | 200",
          "W/\"a\" | W/\"a\"        | 200",
          "W/\"a\" | \"a\"          | 200",
          "\"a\"   | \"a\", \"b\"   | 200", // no list
          "\"a\"   | *              | 200",
          "a       | a              | 200", // neither tag nor date
          "\"a\"   | " + MODIFIED + " | 206 0-1",
          "\"a\"   | Sunday, 22-Nov-26 10:00:00 GMT | 206 0-1",
          "\"a\"   | " + AFTER + "  | 200", // exactly, not at least
          "\"a\"   | " + BEFORE + " | 200",
          "\"a\"   | yesterday      | 200",
          "\"a\"   | ``             | 200",
        })
    void letsTheRangeCountOnlyIfNothingChanged(String tag, String validator, String expected) {
      StoredResponse stored =
          stored(200, "0123456789", "ETag", tag, "Last-Modified", MODIFIED, "Date", DATE);
      Fields request = Fields.of("Range", "bytes=0-1", "If-Range", validator);
      assertThat(told("GET", request, stored)).isEqualTo(expected);
    }

    @Test
    void withoutRangeIsNothing() {
      assertThat(told("GET", fields("If-Range: \"a\""), STORED)).isEqualTo("200");
    }

    @Test
    void thatFailsLeavesNoRangeToBeUnsatisfied() {
      assertThat(told("GET", fields("Range: bytes=20- | If-Range: \"b\""), STORED))
          .isEqualTo("200");
      assertThat(told("GET", fields("Range: bytes=20- | If-Range: \"a\""), STORED))
          .isEqualTo("416");
    }

    @Test
    void isFalseIfThereAreTwoOrNothingToCompareWith() {
      assertThat(told("GET", fields("Range: bytes=0-1|If-Range: \"a\"|If-Range: \"a\""), STORED))
          .isEqualTo("200");
      StoredResponse bare = stored(200, "0123456789", "Date", DATE);
      assertThat(told("GET", fields("Range: bytes=0-1 | If-Range: \"a\""), bare)).isEqualTo("200");
      assertThat(told("GET", fields("Range: bytes=0-1 | If-Range: " + DATE), bare))
          .isEqualTo("200");
    }

    @ParameterizedTest(name = "Date {0} -> {1}")
    @CsvSource(
        delimiter = '|',
        value = {
          "Sun, 22 Nov 2026 10:01:00 GMT | 206 0-1",
          "Sun, 22 Nov 2026 10:00:59 GMT | 200",
          "Sun, 22 Nov 2026 10:00:00 GMT | 200",
          "Sun, 22 Nov 2026 09:00:00 GMT | 200",
          "never                         | 200",
        })
    @DisplayName("§8.8.2.2 a date is a strong validator if it was old when it was sent")
    void takesNoDateThatMayHaveHadTwoBodies(String date, String expected) {
      StoredResponse stored = stored(200, "0123456789", "Last-Modified", MODIFIED, "Date", date);
      Fields request = Fields.of("Range", "bytes=0-1", "If-Range", MODIFIED);
      assertThat(told("GET", request, stored)).isEqualTo(expected);
    }
  }

  @Nested
  @DisplayName("fields of the answers")
  class Heads {
    private final String all =
        "Date: d|Cache-Control: c|Content-Location: l|ETag: \"a\"|Expires: e|Vary: v"
            + "|CDN-Cache-Control: n|Set-Cookie: s|Content-Security-Policy: p|X-Any: x"
            + "|Access-Control-Allow-Origin: *"
            + "|X-Ten-1234: 1|X-Eleven-12: 1|X-Twelve-123: 1|X-Thirteen-12: 1"
            + "|X-Fourteen-123: 1|X-Sixteen-123456: 1|X-Nineteen-12345678: 1|X-Six1: 1";

    private final StoredResponse full =
        new StoredResponse(
            200,
            fields(
                all
                    + "|Last-Modified: m|Content-Type: t|Content-Length: 10|Content-Encoding: g"
                    + "|Content-Language: de|Content-MD5: 5|Content-Range: bytes 0-1/2|Digest: 1"
                    + "|Repr-Digest: 2|Content-Digest: 3|Accept-Ranges: bytes"
                    + "|Content-Disposition: inline"),
            new byte[10],
            STORED.freshness(),
            STORED.storedAt());

    @Test
    @DisplayName("RFC 9110 §15.4.5 a 304 has what is not only of the body")
    void ofA304() {
      Answer answer = Conditions.evaluate("GET", fields("If-None-Match: \"a\""), full, NOW);
      assertThat(answer).isInstanceOf(Answer.NotModified.class);
      assertThat(text(((Answer.NotModified) answer).fields())).isEqualTo(text(fields(all)));
    }

    @Test
    @DisplayName("§15.4.5 Last-Modified guides updates if there is no ETag")
    void ofA304WithoutTag() {
      StoredResponse dated = stored(200, "x", "Last-Modified", MODIFIED, "Date", DATE);
      Answer answer =
          Conditions.evaluate("GET", Fields.of("If-Modified-Since", MODIFIED), dated, NOW);
      assertThat(answer).isEqualTo(new Answer.NotModified(dated.fields()));
    }

    @Test
    @DisplayName("§15.3.7.1 a part has all but what counts the whole content")
    void ofAPart() {
      Answer answer = Conditions.evaluate("GET", fields("Range: bytes=3-4"), full, NOW);
      assertThat(answer).isInstanceOf(Answer.Part.class);
      assertThat(text(((Answer.Part) answer).fields()))
          .isEqualTo(
              text(
                  fields(
                      all
                          + "|Last-Modified: m|Content-Type: t|Content-Encoding: g"
                          + "|Content-Language: de|Digest: 1|Repr-Digest: 2|Accept-Ranges: bytes"
                          + "|Content-Disposition: inline"
                          + "|Content-Length: 2|Content-Range: bytes 3-4/10")));
    }

    @Test
    @DisplayName("§15.3.7.2 of several, type and range stand with each")
    void ofSeveralParts() {
      StoredResponse large =
          stored(
              200, "x".repeat(1000), "Content-Type", "t", "ETag", "\"a\"", "Content-Length", "1");
      Answer answer = Conditions.evaluate("GET", fields("Range: bytes=0-0,-1"), large, NOW);
      assertThat(answer)
          .isEqualTo(
              new Answer.Parts(
                  Fields.of("ETag", "\"a\""), List.of(new Range(0, 0), new Range(999, 999))));
    }

    @Test
    @DisplayName("§15.5.17 a 416 says how much there is")
    void ofA416() {
      assertThat(Conditions.evaluate("GET", fields("Range: bytes=10-"), full, NOW))
          .isEqualTo(new Answer.NotSatisfiable(Fields.of("Content-Range", "bytes */10")));
    }
  }

  private static String told(String method, Fields request, StoredResponse stored) {
    Answer answer = Conditions.evaluate(method, request, stored, NOW);
    if (answer instanceof Answer.NotModified) {
      return "304";
    } else if (answer instanceof Answer.ForOrigin) {
      return "origin";
    } else if (answer instanceof Answer.NotSatisfiable) {
      return "416";
    } else if (answer instanceof Answer.Part part) {
      return "206 " + spans(List.of(part.range()));
    } else if (answer instanceof Answer.Parts parts) {
      return "206 " + spans(parts.ranges());
    }
    assertThat(answer).isEqualTo(new Answer.Whole());
    return "200";
  }

  private static String spans(List<Range> ranges) {
    return ranges.stream()
        .map(range -> range.first() + "-" + range.last())
        .collect(Collectors.joining(" "));
  }
}
