package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurgeScopeTest {
  private static final VaryIndex INDEX = new VaryIndex(1, List.of(List.of("accept")), 1, 0, 0);

  private static String key(String url) {
    Target target = new Target("http", "", "/").resolve(url).orElseThrow();
    return CacheKey.of("GET", target, CacheKey.NO_BODY);
  }

  @ParameterizedTest(name = "{0} means {1}: {2}")
  @CsvSource({
    "http://h/a, http://h/a, true",
    "http://h/a, https://h/a, true",
    "HTTPS://H:443/a, https://h/a, true",
    "https://h:443/a, http://h/a, true",
    "http://h:8080/a, http://h:8080/a, true",
    "http://h:8080/a, http://h/a, false",
    "http://h/a, http://i/a, false",
    "http://h/a, http://h/A, false",
    "http://h/a, http://h/ab, false",
    "http://h/a, http://h/a/, false",
    "http://h/a, http://h/a?q, false",
    "http://h/a?q=1, http://h/a?q=1, true",
    "http://h/a?q=1, http://h/a?q=2, false",
    "http://h, http://h/, true",
    "http://h/a#x, http://h/a, true",
    "/a, http://h/a, true",
    "/a, https://i:8443/a, true",
    "/a, http://h/ab, false",
    "http://h/*, http://h/a, false",
    "http://h/*, http://h/*, true",
    "/*, http://h/a, false",
    "/.*, http://h/a, false",
  })
  void aUrlMeansItselfByBothSchemes(String url, String stored, boolean meant) {
    PurgeScope scope = PurgeScope.url(url).orElseThrow();
    String key = key(stored);
    assertThat(scope.hasKey(key)).isEqualTo(meant);
    String variant =
        CacheKey.variant(key, 7, List.of("accept"), Fields.of("Accept", "a"), Vary.RFC);
    assertThat(scope.hasKey(variant)).as("a variant").isEqualTo(meant);
    assertThat(scope.has(INDEX)).isTrue();
    assertThat(scope.has(Samples.stored(200, "x"))).isTrue();
  }

  @ParameterizedTest(name = "{0} means {1}: {2}")
  @CsvSource({
    "http://h/a, http://h/a, true",
    "http://h/a, http://h/ab, true",
    "http://h/a, https://h/a/b?c, true",
    "http://h/a, http://h/b/a, false",
    "http://h/a/, http://h/a, false",
    "http://h/a?q=, http://h/a?q=1, true",
    "http://h, http://h/any?q, true",
    "http://h, http://hh/, false",
    "/, http://h/a, true",
    "/img/, http://i/img/1, true",
    "/img/, http://i/imgs, false",
  })
  void aPrefixMeansWhatBeginsSoAtOneHostOrAll(String prefix, String stored, boolean meant) {
    assertThat(PurgeScope.prefix(prefix).orElseThrow().hasKey(key(stored))).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "*",
        "h/a",
        "//h/a",
        "ftp://h/a",
        "http:/h",
        "http:///a",
        "http://",
        "http://h/ a",
        "http://h\\a",
        "javascript:x",
        "\r\n/a",
        "/a\u0000"
      })
  void whatIsNoUrlMeansNothing(String text) {
    assertThat(PurgeScope.url(text)).isEmpty();
    assertThat(PurgeScope.prefix(text)).isEmpty();
  }

  @Test
  void aTagMeansResponsesAndNoIndex() {
    PurgeScope scope = PurgeScope.tags(Set.of("b", "x"));
    assertThat(scope.hasKey(key("http://h/a"))).isTrue();
    assertThat(scope.has(INDEX)).as("others are found by it").isFalse();
    assertThat(scope.has(tagged("a b"))).isTrue();
    assertThat(scope.has(tagged("a bc"))).isFalse();
    assertThat(scope.has(Samples.stored(200, "", "Surrogate-Key", "b"))).as("no tag").isFalse();
  }

  @Test
  void allMeansAll() {
    assertThat(PurgeScope.all().hasKey("whatever")).isTrue();
    assertThat(PurgeScope.all().has(INDEX)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1:ax", "5:http", "999999999:h", "4:http1:h9:/a"})
  void whatIsNoKeyOfOursIsNeverMeantByAUrl(String key) {
    assertThat(PurgeScope.prefix("/").orElseThrow().hasKey(key)).isFalse();
  }

  @Test
  void itsWordsHaveNoQuery() {
    assertThat(PurgeScope.url("http://H/a?secret=1").orElseThrow()).hasToString("url //h/a?...");
    assertThat(PurgeScope.prefix("/a").orElseThrow()).hasToString("prefix /a");
    assertThat(PurgeScope.tags(Tags.of("b a"))).hasToString("tag a b");
    assertThat(PurgeScope.all()).hasToString("all");
  }

  static StoredResponse tagged(String tags) {
    StoredResponse plain = Samples.stored(200, "x");
    return new StoredResponse(
        200,
        plain.fields(),
        Fields.of("Surrogate-Key", tags),
        plain.body(),
        plain.freshness(),
        plain.storedAt());
  }
}
