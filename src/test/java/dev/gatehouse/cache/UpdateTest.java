package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.fields;
import static dev.gatehouse.cache.Samples.stored;
import static dev.gatehouse.cache.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-23T13:00:00Z");
  private static final String NOW = "Mon, 23 Nov 2026 13:00:00 GMT";
  private static final String OLD = "Mon, 23 Nov 2026 12:00:00 GMT";

  @Nested
  @DisplayName("RFC 9111 §4.3.4 which stored response a 304 is of")
  class Selection {
    @ParameterizedTest(name = "stored {0}, 304 {1} -> {2}")
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "ETag: \"a\"   ; ETag: \"a\"   ; true",
          "ETag: \"a\"   ; ETag: \"b\"   ; false", // a strong validator that matches nothing
          "ETag: W/\"a\" ; ETag: W/\"a\" ; true",
          "ETag: W/\"a\" ; ETag: W/\"b\" ; false",
          "ETag: W/\"a\" ; ETag: \"a\"   ; true", // weakened by a compressor in the 200 only
          "ETag: \"a\"   ; ETag: W/\"a\" ; true",
          "ETag: abc     ; ETag: abc     ; true",
          "ETag: abc     ; ETag: \"abc\" ; false",
          "ETag: \"a\" | Last-Modified: m ; ETag: \"b\" | Last-Modified: m ; false",
          "ETag: \"a\" | Last-Modified: m ; ETag: \"a\" | Last-Modified: n ; true",
          "ETag: \"a\" | Last-Modified: m ; Last-Modified: m ; true",
          "ETag: \"a\" | Last-Modified: m ; Last-Modified: n ; false",
          "ETag: \"a\" | Last-Modified: m ; X: y             ; true", // says nothing but 304
          "Last-Modified: m ; Last-Modified: m               ; true",
          "Last-Modified: m ; Last-Modified: n               ; false",
          "Last-Modified: m ; ETag: \"a\"                    ; false",
          "Last-Modified: m ; ETag: \"a\" | Last-Modified: m ; false",
          "Last-Modified: m ; ETag: W/\"a\" | Last-Modified: m ; true",
          "Last-Modified: m ; ETag: W/\"a\"                  ; false",
          "Last-Modified: m ; X: y                           ; true",
          "X: y             ; X: z                           ; true",
          "X: y             ; Last-Modified: m               ; false",
        })
    void isToldByTheValidators(String stored, String update, boolean current) {
      StoredResponse response =
          new StoredResponse(
              200, fields(stored), new byte[0], stored(200, "").freshness(), RECEIVED);
      assertThat(Update.isCurrent(fields(update), response)).isEqualTo(current);
    }
  }

  @Nested
  @DisplayName("RFC 9111 §3.2 the fields of the update")
  class Merging {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "Test-Header",
          "X-Test-Header",
          "Content-Foo",
          "X-Content-Foo",
          "Content-Type",
          "Content-Encoding",
          "Content-Language",
          "Content-MD5",
          "Content-Range",
          "Content-Location",
          "Content-Security-Policy",
          "X-Frame-Options",
          "X-XSS-Protection",
          "Cache-Control",
          "CDN-Cache-Control",
          "Expires",
          "Last-Modified",
          "ETag",
          "Vary",
          "Clear-Site-Data",
          "Public-Key-Pins",
          "Set-Cookie",
          "Set-Cookie2",
          "Strict-Transport-Security",
        })
    void takeTheirPlacesWhateverTheyAre(String name) {
      assertThat(merged("Date: " + OLD + "|" + name + ": a", "Date: " + NOW + "|" + name + ": b"))
          .isEqualTo("Date: " + NOW + " | " + name + ": b");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Content-Length",
          "content-length",
          "Connection",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Authentication-Info",
          "Proxy-Authorization",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
        })
    void areNotOfTheMessageOnly(String name) {
      assertThat(
              merged("Date: " + OLD + "|Content-Length: 10", "Date: " + NOW + "|" + name + ": b"))
          .isEqualTo("Content-Length: 10 | Date: " + NOW);
    }

    @Test
    void areNotThoseThatConnectionLists() {
      assertThat(
              merged(
                  "A: 1 | B: 1 | C: 1",
                  "Connection: a, close|Connection: B|A: 2|B: 2|C: 2|Date: " + NOW))
          .isEqualTo("A: 1 | B: 1 | C: 2 | Date: " + NOW);
    }

    @Test
    void leaveWhatTheyDoNotNameAsItWas() {
      assertThat(merged("A: 1 | B: 2 | ETag: \"x\"", "b: 3 | Date: " + NOW))
          .isEqualTo("A: 1 | ETag: \"x\" | b: 3 | Date: " + NOW);
    }

    @Test
    void replaceAllLinesByAllLines() {
      assertThat(
              merged(
                  "Set-Cookie: a=1|Set-Cookie: b=1|X: y|set-cookie: c=1",
                  "Set-Cookie: a=2 | Set-Cookie: d=2 | Date: " + NOW))
          .isEqualTo("X: y | Set-Cookie: a=2 | Set-Cookie: d=2 | Date: " + NOW);
    }

    @Test
    void restartTheAge() {
      assertThat(merged("Age: 100 | X: y", "Date: " + NOW)).isEqualTo("X: y | Date: " + NOW);
      assertThat(merged("Age: 100 | X: y", "Age: 7 | Date: " + NOW))
          .isEqualTo("X: y | Age: 7 | Date: " + NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: z", "X: z | Date: 0", "X: z | Date: "})
    @DisplayName("RFC 9110 §6.6.1: what has no Date is of now")
    void getADate(String update) {
      assertThat(merged("X: y | Date: " + OLD, update)).isEqualTo("X: z | Date: " + NOW);
    }

    @ParameterizedTest(name = "{0} and {1} -> {2}")
    @CsvSource(
        quoteCharacter = '`',
        value = {
          "W/\"a\", \"a\",   W/\"a\"", // the body is that of the weak one
          "\"a\",   W/\"a\", W/\"a\"",
          "\"a\",   \"a\",   \"a\"",
          "W/a,     a,       a",
          "W/\"a\", \"b\",   \"b\"",
        })
    void doNotMakeATagStronger(String stored, String update, String expected) {
      assertThat(merged("ETag: " + stored + "|Date: " + OLD, "Date: " + NOW + "|ETag: " + update))
          .contains("ETag: " + expected);
    }

    @Test
    void mayBringATag() {
      assertThat(merged("X: y", "ETag: \"a\" | Date: " + NOW))
          .isEqualTo("X: y | ETag: \"a\" | Date: " + NOW);
    }

    private String merged(String stored, String update) {
      return text(Update.merged(fields(stored), fields(update), RECEIVED));
    }
  }

  @Nested
  @DisplayName("RFC 9111 §4.3.5 HEAD")
  class Head {
    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "200; ETag: \"a\"                         ; UPDATE",
          "200; ETag: \"b\"                         ; STALE",
          "200; ETag: W/\"a\"                       ; STALE",
          "200; Last-Modified: m                    ; UPDATE",
          "200; Last-Modified: n                    ; STALE",
          "200; ETag: \"a\" | Last-Modified: n      ; STALE",
          "200; ETag: \"b\" | Last-Modified: m      ; STALE",
          "200; Content-Length: 10                  ; UPDATE",
          "200; Content-Length: 11                  ; STALE",
          "200; Content-Length: 10 | ETag: \"a\"    ; UPDATE",
          "200; Content-Length: 11 | ETag: \"a\"    ; STALE",
          "200; Content-Encoding: gzip | ETag: \"a\"; STALE",
          "200; X: y                                ; UPDATE",
          "410; ETag: \"a\"                         ; NONE",
          "304; ETag: \"a\"                         ; NONE",
          "204; ETag: \"a\"                         ; NONE",
          "500; ETag: \"a\"                         ; NONE",
        })
    void updatesWhatItDoesNotContradict(int status, String head, Update.Effect expected) {
      StoredResponse stored = stored(200, "0123456789", "ETag", "\"a\"", "Last-Modified", "m");
      assertThat(Update.ofHead(status, fields(head), stored)).isEqualTo(expected);
    }

    @Test
    void contradictsByAValidatorThatIsNew() {
      StoredResponse bare = stored(200, "0123456789");
      assertThat(Update.ofHead(200, fields("ETag: \"a\""), bare)).isEqualTo(Update.Effect.STALE);
      assertThat(Update.ofHead(200, fields("X: y"), bare)).isEqualTo(Update.Effect.UPDATE);
    }

    @Test
    void doesNotSpeakOfAStoredError() {
      StoredResponse gone = stored(410, "0123456789", "ETag", "\"a\"");
      assertThat(Update.ofHead(200, fields("ETag: \"a\""), gone)).isEqualTo(Update.Effect.NONE);
    }
  }
}
