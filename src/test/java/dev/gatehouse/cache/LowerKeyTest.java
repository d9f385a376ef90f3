package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LowerKeyTest {
  private static final Target TARGET = new Target("https", "h", "/a?b=c");
  private static final String ROOT = CacheKey.of("QUERY", TARGET, CacheKey.NO_BODY);

  /** All kinds of keys of one target and method, with a text in them. */
  private static List<String> keys(String text) {
    String body = CacheKey.body("0a", Fields.of("Content-Type", text));
    String front = CacheKey.of("QUERY", TARGET, CacheKey.NO_BODY, text);
    String both = CacheKey.of("QUERY", TARGET, body, text);
    return List.of(
        CacheKey.of("QUERY", TARGET, body),
        CacheKey.within(front, 1),
        CacheKey.within(both, 1),
        variant(ROOT, text),
        variant(CacheKey.of("QUERY", TARGET, body), "x"),
        variant(CacheKey.within(front, 1), "x"),
        variant(CacheKey.within(both, 1), text));
  }

  private static String variant(String key, String cookie) {
    return CacheKey.variant(key, 7, List.of("cookie"), Fields.of("Cookie", cookie), Vary.RFC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "0:", "~", "#", "half \ud83d pair", "half \ud83e pair"})
  void itHasTargetAndMethodAndNothingElse(String text) {
    for (String key : keys(text)) {
      String below = LowerKey.of(key);
      assertThat(below).startsWith(CacheKey.prefix(TARGET, "QUERY"));
      assertThat(below.substring(CacheKey.prefix(TARGET, "QUERY").length()))
          .matches("~[A-Za-z0-9_-]{43}");
      assertThat(CacheKey.target(below)).contains(TARGET);
      assertThat(LowerKey.of(below)).as("of its own").isEqualTo(below);
      assertThat(LowerKey.commonHash(below)).isEqualTo(LowerKey.commonHash(key));
      assertThat(LowerKey.commonHash(ROOT)).isEqualTo(LowerKey.commonHash(key));
    }
  }

  @Test
  void ofOthersItIsAnother() {
    Set<String> keys = new HashSet<>(List.of(ROOT));
    Set<String> below = new HashSet<>(List.of(ROOT));
    for (String text : List.of("a", "b", "half \ud83d pair", "half \ud83e pair", "\u0161")) {
      for (String key : keys(text)) {
        assertThat(below.add(LowerKey.of(key))).isEqualTo(keys.add(key));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "3:", "1:a1:b", "1:a1:b1:c3:GET", "x:a"})
  void whatHasNothingMoreStaysAsItIs(String key) {
    assertThat(LowerKey.of(key)).isSameAs(key);
    assertThat(LowerKey.of(ROOT)).isSameAs(ROOT);
  }
}
