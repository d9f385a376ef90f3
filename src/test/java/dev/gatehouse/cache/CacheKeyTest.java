package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeyTest {
  private static final Target TARGET = Target.of("https", "h", "/a", "b=c");

  @Nested
  @DisplayName("RFC 9111 §2 the key")
  class Key {
    @Test
    void ofHeadIsThatOfGet() {
      assertThat(key("HEAD")).isEqualTo(key("GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "QUERY", "get", "OPTIONS"})
    void ofOtherMethodsIsTheirOwn(String method) {
      assertThat(key(method)).isNotEqualTo(key("GET"));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
        nullValues = "none",
        value = {
          "http,  h,     /a,  b=c",
          "https, h:80,  /a,  b=c",
          "https, hh,    /a,  b=c",
          "https, h,     /A,  b=c",
          "https, h,     /a/, b=c",
          "https, h,     /%61, b=c",
          "https, h,     /a,  b=d",
          "https, h,     /a,  ''",
          "https, h,     /a,  none",
          "https, h,     /a,  c=b&b=c",
        })
    void ofAnotherTargetIsAnother(String scheme, String host, String path, @Nullable String query) {
      Target other = Target.of(scheme, host, path, query);
      assertThat(CacheKey.of("GET", other, "")).isNotEqualTo(key("GET"));
    }

    @Test
    void ofTheSameHostWrittenOtherwiseIsTheSame() {
      Target other = Target.of("HTTPS", "H:443", "/a", "b=c");
      assertThat(CacheKey.of("GET", other, "")).isEqualTo(key("GET"));
    }

    @Test
    @DisplayName("RFC 10008: of a body with its type and coding")
    void hasTheBodyWithItsTypeAndCoding() {
      List<String> keys = new ArrayList<>();
      keys.add(CacheKey.NO_BODY);
      keys.add(CacheKey.body("0a", Fields.NONE));
      keys.add(CacheKey.body("0b", Fields.NONE));
      keys.add(CacheKey.body("0a", fields("Content-Type: t")));
      keys.add(CacheKey.body("0a", fields("Content-Encoding: t")));
      keys.add(CacheKey.body("0a", fields("Content-Type: ")));
      keys.add(CacheKey.body("0a", fields("Content-Type: t | Content-Encoding: t")));
      keys.replaceAll(body -> CacheKey.of("QUERY", TARGET, body));
      assertThat(keys).doesNotHaveDuplicates();
      assertThat(CacheKey.body("0a", fields("Accept: x"))).isEqualTo(keyOfBody("0a"));
    }

    @Test
    void ofAnyBodyLeadsToWhatAllBodiesHaveInCommon() {
      String root = key("QUERY");
      for (String value : List.of("", "x", "0:", ".", "5:", "3:GET0:")) {
        Fields odd = fields("Content-Type: " + value + " | Content-Encoding: " + value);
        String key = CacheKey.of("QUERY", TARGET, CacheKey.body("0a", odd));
        assertThat(CacheKey.hasBody(key)).isTrue();
        assertThat(CacheKey.withoutBody(key)).isEqualTo(root).isNotEqualTo(key);
        assertThat(key).startsWith(CacheKey.prefix(TARGET, "QUERY"));
      }
      assertThat(CacheKey.hasBody(root)).isFalse();
      assertThat(CacheKey.withoutBody(root)).isSameAs(root);
      assertThat(key("POST")).doesNotStartWith(CacheKey.prefix(TARGET, "QUERY"));
      Target dotted = Target.of("https", "h.", "/.", ".");
      assertThat(CacheKey.hasBody(CacheKey.of("GET", dotted, CacheKey.NO_BODY))).isFalse();
      assertThat(CacheKey.hasBody("")).isFalse();
    }

    @Test
    void hasWhatATrustedProxySays() {
      String key = key("GET");
      String said = CacheKey.of("GET", TARGET, CacheKey.NO_BODY, "x");
      assertThat(said).isNotEqualTo(key).startsWith(CacheKey.prefix(TARGET));
      assertThat(said).isNotEqualTo(CacheKey.of("GET", TARGET, "x"));
      assertThat(CacheKey.target(said)).contains(TARGET);
      assertThat(CacheKey.of("GET", TARGET, CacheKey.NO_BODY, Front.NONE)).isEqualTo(key);
    }

    @Test
    void ofAnyFrontLeadsToWhatAllFrontsHaveInCommon() {
      Set<String> places = new HashSet<>();
      for (String body : List.of(CacheKey.NO_BODY, keyOfBody("0a"), keyOfBody("0b"))) {
        String plain = CacheKey.of("QUERY", TARGET, body);
        assertThat(CacheKey.hasFront(plain)).isFalse();
        places.add(plain);
        for (String said : List.of("x", "+", "3:x.y", "1:x+")) {
          String key = CacheKey.of("QUERY", TARGET, body, said);
          assertThat(CacheKey.hasFront(key)).isTrue();
          assertThat(CacheKey.hasBody(key)).isEqualTo(CacheKey.hasBody(plain));
          assertThat(CacheKey.root(key)).isEqualTo(key("QUERY"));
          for (long generation : new long[] {0, 1, -1}) {
            String within = CacheKey.within(key, generation);
            assertThat(within).startsWith(CacheKey.prefix(TARGET, "QUERY"));
            assertThat(CacheKey.hasFront(within)).isFalse();
            assertThat(CacheKey.hasBody(within)).isEqualTo(CacheKey.hasBody(plain));
            String common = CacheKey.of("QUERY", TARGET, CacheKey.NO_BODY, said);
            assertThat(CacheKey.withoutBody(within)).isEqualTo(CacheKey.within(common, generation));
            assertThat(places.add(within)).isTrue();
          }
        }
      }
    }

    @Test
    void beginsWithItsTarget() {
      String key = CacheKey.of("QUERY", TARGET, "x");
      assertThat(key).startsWith(CacheKey.prefix(TARGET));
      assertThat(CacheKey.target(key)).contains(TARGET);
      assertThat(CacheKey.target(CacheKey.variant(key, 7, List.of("a"), Fields.NONE, Vary.RFC)))
          .contains(TARGET);
      assertThat(key).doesNotStartWith(CacheKey.prefix(Target.of("https", "h", "/a", "b=")));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "x",
          "5:https",
          "5:https1:h9:/",
          "5:https1:h:/",
          "-1:x1:h1:/",
          "a:x",
          ":",
          "999999999:x",
          "5:https1:h",
          "99999999:https1:h1:/",
          "5https1:h1:/",
        })
    void isReadBackOnlyIfItIsOne(String key) {
      assertThat(CacheKey.target(key)).isEmpty();
    }

    private String keyOfBody(String digest) {
      return CacheKey.body(digest, Fields.NONE);
    }
  }

  @Nested
  @DisplayName("RFC 9111 §4.1 the variant's key")
  class Variant {
    @ParameterizedTest(name = "{0}: {1} = {2}")
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "foo; Foo: 1               ; FOO: 1",
          "foo; Foo: 1 | Foo: 2      ; Foo: 1, 2",
          "foo; Foo: 1, 2            ; Foo: 1,2",
          "foo; Foo: 1 ,\t 2         ; Foo: 1,2",
          "foo; Foo: 1|X: y|Foo: 2   ; Foo: 1,2",
          "foo; Foo: 1 | Other: 2    ; Other: 3 | Foo: 1",
          "foo; X: y                 ; X: z",
          "foo bar; Foo: 1 | Bar: 2  ; Bar: 2 | Foo: 1",
          "accept-language; Accept-Language: en, de ; Accept-Language: en,de",
          "accept-language; Accept-Language: en-GB  ; Accept-Language: EN-gb",
          "accept-language; Accept-Language: De|Accept-Language: en ; Accept-Language: DE,EN",
          "foo; Foo: 1 |Foo:|Foo: 2  ; Foo: 1 , , 2",
          "foo; Foo: , 1 ,           ; Foo: ,1,",
          "foo; Foo: \"a , b\" , c   ; Foo: \"a , b\",c",
          "foo; Foo: \"a\\\" , b\" , c ; Foo: \"a\\\" , b\",c",
        })
    void isThatOfAnEqualRequest(String names, String one, String other) {
      assertThat(variant(names, one)).isEqualTo(variant(names, other));
    }

    @ParameterizedTest(name = "{0}: {1} is not {2}")
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "foo; Foo: 1       ; Foo: 2",
          "foo; Foo: 1       ; X: 1", // absent matches absent only
          "foo; Foo:         ; X: 1",
          "foo; Foo: a       ; Foo: A",
          "foo; Foo: 1, 2    ; Foo: 2, 1",
          "foo; Foo: 1 2     ; Foo: 12",
          "foo; Foo: 1  2    ; Foo: 1 2",
          "foo; Foo: 1,,2    ; Foo: 1,2",
          "foo; Foo: \"a , b\\ ; Foo: \"a,b\\",
          "foo; Foo: \"a , b\" ; Foo: \"a,b\"",
          "foo; Foo: \"a\\\" , b\" ; Foo: \"a\\\",b\"",
          "foo bar; Foo: 1   ; Bar: 1",
          "foo bar; Foo: 1 | Bar: 2 ; Foo: 2 | Bar: 1",
          "accept-language; Accept-Language: en, de ; Accept-Language: de, en",
          "accept-language; Accept-Language: en;q=1 ; Accept-Language: en",
          "accept-encoding; Accept-Encoding: gzip ; Accept-Encoding: GZIP",
          "cookie; Cookie: a=1, b=2 ; Cookie: a=1,b=2", // is no list
          "x-foo; X_Foo: 1    ; X: 1", // which CGI takes for X-Foo
          "x-foo; X_Foo: 1    ; X-Foo: 1",
          "x-foo; X-Foo: 1 | X_Foo: 2 ; X-Foo: 1, 2",
          "x-foo; X_Foo: 1    ; X.Foo: 1",
          "x_foo; X-Foo: 1    ; X: 1",
        })
    void isNotThatOfAnother(String names, String one, String other) {
      assertThat(variant(names, one)).isNotEqualTo(variant(names, other));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
        delimiter = '~',
        value = {
          "Accept-Language: en, de ~ Accept-Language: de, en",
          "Accept-Language: en | Accept-Language: de ~ Accept-Language: DE,en",
          "Accept-Language: en,de;q=0.50 ~ Accept-Language: de;q=0.5, en;q=1",
        })
    @DisplayName("cache.vary=language: the same wish is the same value")
    void ofTheSameWishIsTheSameWhereLanguagesHaveNoOrder(String one, String other) {
      assertThat(language(one)).isEqualTo(language(other));
      assertThat(variant("accept-language", one)).isNotEqualTo(variant("accept-language", other));
    }

    @ParameterizedTest(name = "{0} is not {1}")
    @CsvSource(
        delimiter = '~',
        value = {
          "Accept-Language: en, de;q=0.5 ~ Accept-Language: de, en;q=0.5",
          "Accept-Language: en ~ Accept-Language: en, de",
          "Accept-Language: en ~ X: y",
          "Accept-Language: en x, de ~ Accept-Language: de, en x",
        })
    void ofAnotherWishIsAnotherThereToo(String one, String other) {
      assertThat(language(one)).isNotEqualTo(language(other));
    }

    @Test
    void hasOtherFieldsAsTheyAreThereToo() {
      assertThat(language("Foo: en, de")).isNotEqualTo(language("Foo: de, en"));
    }

    private String language(String request) {
      List<String> names = List.of("accept-language", "foo");
      return CacheKey.variant("k", 5, names, fields(request), Vary.LANGUAGE);
    }

    @Test
    void isNoOtherGenerations() {
      String key = key("GET");
      assertThat(CacheKey.variant(key, 1, List.of("a"), Fields.NONE, Vary.RFC))
          .isNotEqualTo(CacheKey.variant(key, -1, List.of("a"), Fields.NONE, Vary.RFC));
    }

    @Test
    void isNoKeyOfAResource() {
      String key = key("GET");
      assertThat(CacheKey.variant(key, 1, List.of(), Fields.NONE, Vary.RFC))
          .startsWith(key)
          .isNotEqualTo(key);
    }

    private String variant(String names, String request) {
      return CacheKey.variant("k", 5, List.of(names.split(" ")), fields(request), Vary.RFC);
    }
  }

  /** E01: whatever the characters, and above all if they are those that keys are made of. */
  @Property(tries = 10_000, seed = "20261123")
  void twoRequestsShareAKeyExactlyIfTheyShareAllParts(@ForAll Random random) {
    List<@Nullable String> one = tuple(random);
    List<@Nullable String> other = random.nextInt(3) == 0 ? tuple(random) : changed(one, random);
    assertThat(keyOf(one).equals(keyOf(other)))
        .as("%s %s", one, other)
        .isEqualTo(one.equals(other));
  }

  @Example
  void amongThePairsAreEqualAndDifferentOnes() {
    int equal = 0;
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      List<@Nullable String> one = tuple(random);
      equal += one.equals(changed(one, random)) ? 1 : 0;
    }
    assertThat(equal).isBetween(100, 900);
  }

  /** Method, scheme, host, path, query, digest, type, coding, consumer, two fields' values. */
  private static List<@Nullable String> tuple(Random random) {
    List<@Nullable String> tuple = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      tuple.add(part(i, random));
    }
    return tuple;
  }

  private static List<@Nullable String> changed(List<@Nullable String> tuple, Random random) {
    List<@Nullable String> changed = new ArrayList<>(tuple);
    for (int i = random.nextInt(3); i > 0; i--) {
      int place = random.nextInt(changed.size());
      changed.set(place, part(place, random));
      if (random.nextBoolean() && place >= 8) { // what one part loses the next one gets
        int next = 8 + (place - 7) % 3;
        String moved = changed.get(place);
        changed.set(place, changed.get(next));
        changed.set(next, moved);
      }
    }
    return changed;
  }

  private static @Nullable String part(int place, Random random) {
    if (place == 0) {
      return random.nextBoolean() ? "GET" : "POST";
    } else if (place == 1) {
      return random.nextBoolean() ? "http" : "https";
    }
    boolean may = place == 4 || place > 5;
    if (may && random.nextInt(3) == 0) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append("01:-#/aé".charAt(random.nextInt(8)));
    }
    // hosts without ports and paths without queries, so that what differs is not the same
    return switch (place) {
      case 2 -> text.toString().replaceAll("[:/#-]", "x");
      case 5 -> "d" + text;
      default -> text.toString();
    };
  }

  private static String keyOf(List<@Nullable String> tuple) {
    Fields request = Fields.NONE;
    List<String> names = List.of("Content-Type", "Content-Encoding", "X-Consumer", "X-A", "X-B");
    for (int i = 0; i < names.size(); i++) {
      request = with(request, names.get(i), tuple.get(6 + i));
    }
    Target target =
        Target.of(text(tuple.get(1)), text(tuple.get(2)), text(tuple.get(3)), tuple.get(4));
    String key =
        CacheKey.of(text(tuple.get(0)), target, CacheKey.body(text(tuple.get(5)), request));
    return CacheKey.variant(key, 0, List.of("x-a", "x-b", "x-consumer"), request, Vary.RFC);
  }

  private static Fields with(Fields fields, String name, @Nullable String value) {
    return value == null ? fields : fields.plus(name, value);
  }

  private static String text(@Nullable String part) {
    return part == null ? "" : part;
  }

  private static String key(String method) {
    return CacheKey.of(method, TARGET, CacheKey.NO_BODY);
  }
}
