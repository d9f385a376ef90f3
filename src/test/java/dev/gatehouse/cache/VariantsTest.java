package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 §4.1 which of the stored responses")
class VariantsTest {
  private final MapStore store = new MapStore();
  private final Variants variants = variants(List.of());
  private int seconds;

  @Test
  void withoutVaryThereIsOneForAllUnderTheKeyItself() {
    assertThat(body("A: 1")).isEqualTo("uri-miss");
    assertThat(put("A: 1", "", "one")).isEqualTo("k");
    assertThat(body("A: 2")).isEqualTo("one");
    assertThat(put("A: 2", "", "two")).isEqualTo("k");
    assertThat(body("A: 1")).isEqualTo("two");
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void withVaryThereAreSeveral() {
    put("A: 1", "Vary: A", "one");
    put("A: 2", "Vary: a", "two");
    put("", "Vary: A", "none");
    assertThat(body("A: 1 | B: 9")).isEqualTo("one");
    assertThat(body("a: 2")).isEqualTo("two");
    assertThat(body("B: 1")).as("absent matches absent").isEqualTo("none");
    assertThat(body("A: 3")).isEqualTo("vary-miss");
    assertThat(body("A: ")).isEqualTo("vary-miss");
    put("A: 1", "Vary: A", "newer");
    assertThat(body("A: 1")).isEqualTo("newer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"A, B", "b , a", "A,,B,", "A | Vary: B", "A, B, a", "\tA\t,\tB"})
  void listsAreTheSameInAnyOrderAndSpelling(String vary) {
    put("A: 1 | B: 2", "Vary: A, B", "one");
    int before = store.size();
    put("A: 1 | B: 2", "Vary: " + vary, "two");
    assertThat(store.size()).isEqualTo(before);
    assertThat(body("B: 2 | A: 1")).isEqualTo("two");
    assertThat(body("A: 1")).isEqualTo("vary-miss");
    assertThat(variants.selecting(fields("Vary: " + vary).all("Vary"))).containsExactly("a", "b");
  }

  @Test
  void ofSeveralThatAreSelectedTheMostRecentIsUsed() {
    put("A: 1", "Vary: A", "by a");
    put("A: 2 | B: 1", "Vary: B", "by b");
    assertThat(body("A: 1 | B: 1")).isEqualTo("by b");
    assertThat(body("A: 1 | B: 2")).isEqualTo("by a");
    put("A: 1", "Vary: A", "by a again");
    assertThat(body("A: 1 | B: 1")).isEqualTo("by a again");
    put("A: 5", "", "for all");
    assertThat(body("A: 1 | B: 1")).isEqualTo("for all");
    assertThat(body("A: 7")).isEqualTo("for all");
    put("A: 7", "Vary: A", "by a");
    assertThat(body("A: 7")).isEqualTo("by a");
    assertThat(body("A: 8")).isEqualTo("for all");
  }

  @Test
  void aResponseWithoutVaryGivesWayToOneWithIt() {
    put("A: 1", "", "for all");
    put("A: 1", "Vary: A", "one");
    assertThat(body("A: 1")).isEqualTo("one");
    assertThat(body("A: 2")).isEqualTo("vary-miss");
  }

  @Test
  void aListThatWasForgottenIsKnownAgainWithItsNextResponse() {
    put("A: 1", "Vary: A", "old");
    for (String name : List.of("B", "C", "D", "E")) {
      put(name + ": 1", "Vary: " + name, name);
    }
    assertThat(body("A: 1 | B: 2 | C: 2 | D: 2 | E: 2")).isEqualTo("vary-miss");
    put("A: 1", "Vary: A", "new");
    assertThat(body("A: 1 | B: 2 | C: 2 | D: 2 | E: 2")).isEqualTo("new");
  }

  @Test
  void manyVariantsOfOneTargetBeginAnew() {
    for (int i = 0; i < 128; i++) {
      put("A: " + i, "Vary: A", "v" + i);
    }
    assertThat(body("A: 0")).isEqualTo("v0");
    put("A: 0", "Vary: A", "v0 again"); // is no further one
    assertThat(body("A: 127")).isEqualTo("v127");
    put("A: 128", "Vary: A", "v128");
    assertThat(body("A: 128")).isEqualTo("v128");
    assertThat(body("A: 0")).isEqualTo("vary-miss");
    assertThat(body("A: 127")).isEqualTo("vary-miss");
    put("A: 0", "Vary: A", "anew");
    assertThat(body("A: 0")).isEqualTo("anew");
  }

  @Test
  void toForgetTheTargetForgetsAllOfThem() {
    put("A: 1", "Vary: A", "one");
    put("A: 2", "Vary: A", "two");
    variants.remove("k");
    assertThat(body("A: 1")).isEqualTo("uri-miss");
    put("A: 3", "Vary: A", "three");
    assertThat(body("A: 1")).as("another generation").isEqualTo("vary-miss");
    assertThat(body("A: 3")).isEqualTo("three");
  }

  @Test
  void anUpdateIsForWhatIsThere() {
    String under = put("A: 1", "Vary: A", "one");
    assertThat(find(variants, "k", fields("A: 1")).under()).isEqualTo(under);
    StoredResponse one = find(variants, "k", fields("A: 1")).response().orElseThrow();
    StoredResponse updated = response("Vary: A", "updated");
    variants.update("k", under, one, updated);
    assertThat(body("A: 1")).isEqualTo("updated");
    variants.update("k", under, one, response("Vary: A", "older than that"));
    assertThat(body("A: 1")).isEqualTo("updated");
    variants.remove("k");
    variants.update("k", under, updated, response("Vary: A", "late"));
    assertThat(body("A: 1")).isEqualTo("uri-miss");
  }

  @Test
  void anUpdateBringsNothingBackThatWasForgotten() {
    put("", "", "one");
    variants.remove("k");
    variants.update("k", "k", response("", "one"), response("", "updated"));
    assertThat(body("")).isEqualTo("uri-miss");
  }

  @Test
  void anUpdateDoesNotReplaceVariantsThatCameMeanwhile() {
    put("", "", "one");
    put("A: 1", "Vary: A", "variant");
    variants.update("k", "k", response("", "one"), response("", "updated"));
    assertThat(body("A: 1")).isEqualTo("variant");
  }

  @Test
  void whatWillProbablyBeHasAKeyOfItsOwn() {
    String none = find(variants, "k", fields("A: 1")).under();
    assertThat(find(variants, "k", fields("A: 2")).under()).isEqualTo(none);
    put("A: 0", "Vary: A", "zero");
    String one = find(variants, "k", fields("A: 1")).under();
    assertThat(find(variants, "k", fields("A: 2")).under()).isNotEqualTo(one);
    assertThat(put("A: 1", "Vary: A", "one")).isEqualTo(one);
  }

  @Test
  void namesThatAlwaysCountSelectBesideVary() {
    Variants own = variants(List.of("X-Consumer", "x-a", "X-A"));
    assertThat(own.selecting(List.of())).containsExactly("x-a", "x-consumer");
    assertThat(own.selecting(List.of("B, X-A"))).containsExactly("b", "x-a", "x-consumer");
    own.put("k", fields("X-Consumer: ann"), response("", "hers"));
    own.put("k", fields("X-Consumer: bob"), response("Vary: B", "his"));
    assertThat(body(own, "X-Consumer: ann")).isEqualTo("hers");
    assertThat(body(own, "X-Consumer: bob")).isEqualTo("his");
    assertThat(body(own, "X-Consumer: eve")).isEqualTo("vary-miss");
    assertThat(body(own, "")).isEqualTo("vary-miss");
    assertThat(body(own, "X-Consumer: ann | X-A: 1")).isEqualTo("vary-miss");
  }

  @Test
  void namesThatAlwaysCountTellRequestsApartBeforeAnythingIsStored() {
    Variants own = variants(List.of("X-Consumer"));
    Variants.Found anns = find(own, "k", fields("X-Consumer: ann"));
    assertThat(anns.absent()).isEqualTo(Forward.URI_MISS);
    assertThat(find(own, "k", fields("X-Consumer: bob")).under()).isNotEqualTo(anns.under());
    assertThat(find(own, "k", fields("X-Consumer: ann | B: 1")).under()).isEqualTo(anns.under());
  }

  @Test
  void whatWasStoredBeforeTheyCountedIsForNobody() {
    put("X-Consumer: ann", "", "for all");
    Variants own = variants(List.of("X-Consumer"));
    assertThat(body(own, "X-Consumer: ann")).isEqualTo("uri-miss");
    put("A: 1", "Vary: A", "by a");
    assertThat(body(own, "X-Consumer: ann | A: 1")).isEqualTo("vary-miss");
    String anns = find(own, "k", fields("X-Consumer: ann")).under();
    assertThat(find(own, "k", fields("X-Consumer: bob")).under()).isNotEqualTo(anns);
    own.put("k", fields("X-Consumer: ann"), response("", "hers"));
    assertThat(body(own, "X-Consumer: ann | A: 1")).isEqualTo("hers");
    assertThat(body(own, "X-Consumer: bob | A: 1")).isEqualTo("vary-miss");
  }

  @Test
  void resourcesHaveNothingInCommon() {
    List<String> bodies = new ArrayList<>();
    for (String key : List.of("k", "l", "k#0#")) {
      variants.put(key, fields("A: 1"), response("Vary: A", key));
    }
    for (String key : List.of("k", "l", "k#0#")) {
      bodies.add(body(find(variants, key, fields("A: 1"))));
    }
    assertThat(bodies).containsExactly("k", "l", "k#0#");
  }

  @Test
  void bodiesHaveVariantsOfTheirOwnAndGoTogether() {
    String a = query("a");
    String b = query("b");
    assertThat(body(find(variants, a, Fields.NONE))).isEqualTo("uri-miss");
    assertThat(find(variants, a, Fields.NONE).under())
        .isNotEqualTo(find(variants, b, Fields.NONE).under());
    variants.put(a, Fields.NONE, response("", "of a"));
    assertThat(body(find(variants, a, Fields.NONE))).isEqualTo("of a");
    assertThat(body(find(variants, b, Fields.NONE))).isEqualTo("miss");
    variants.put(b, fields("A: 1"), response("Vary: A", "1 of b"));
    variants.put(b, fields("A: 2"), response("Vary: A", "2 of b"));
    assertThat(body(find(variants, a, fields("A: 1")))).isEqualTo("of a");
    assertThat(body(find(variants, b, fields("A: 1")))).isEqualTo("1 of b");
    assertThat(body(find(variants, b, fields("A: 2")))).isEqualTo("2 of b");
    variants.remove(CacheKey.withoutBody(a));
    assertThat(body(find(variants, a, Fields.NONE))).isEqualTo("uri-miss");
    assertThat(body(find(variants, b, fields("A: 1")))).isEqualTo("uri-miss");
    variants.put(b, fields("A: 1"), response("Vary: A", "anew"));
    assertThat(body(find(variants, a, Fields.NONE))).as("not to come back").isEqualTo("miss");
  }

  @Test
  void thereMayBeManyBodies() {
    for (int i = 0; i < 1_000; i++) {
      variants.put(query("x" + i), Fields.NONE, response("", "of " + i));
    }
    assertThat(body(find(variants, query("x0"), Fields.NONE))).isEqualTo("of 0");
    assertThat(body(find(variants, query("x999"), Fields.NONE))).isEqualTo("of 999");
  }

  @Test
  void frontsHaveVariantsOfTheirOwnAndGoTogether() {
    String a = front("a");
    String b = front("b");
    String plain = front(Front.NONE);
    variants.put(plain, Fields.NONE, response("", "without"));
    assertThat(body(find(variants, a, Fields.NONE))).isEqualTo("uri-miss");
    variants.put(a, Fields.NONE, response("", "of a"));
    assertThat(body(find(variants, b, Fields.NONE))).isEqualTo("uri-miss");
    assertThat(find(variants, a, Fields.NONE).under())
        .isNotEqualTo(find(variants, b, Fields.NONE).under());
    variants.put(b, fields("A: 1"), response("Vary: A", "1 of b"));
    variants.put(b, fields("A: 2"), response("Vary: A", "2 of b"));
    variants.put(plain, Fields.NONE, response("", "without"));
    assertThat(body(find(variants, a, fields("A: 1")))).isEqualTo("of a");
    assertThat(body(find(variants, b, fields("A: 1")))).isEqualTo("1 of b");
    assertThat(body(find(variants, b, fields("A: 2")))).isEqualTo("2 of b");
    assertThat(body(find(variants, plain, fields("A: 2")))).isEqualTo("without");
    variants.remove(plain);
    for (String each : List.of(a, b, plain)) {
      assertThat(body(find(variants, each, fields("A: 1")))).isEqualTo("uri-miss");
    }
    variants.put(b, fields("A: 2"), response("Vary: A", "anew"));
    assertThat(body(find(variants, a, Fields.NONE))).as("not to come back").isEqualTo("uri-miss");
    assertThat(body(find(variants, b, fields("A: 1")))).isEqualTo("vary-miss");
  }

  @Test
  void frontsAndBodiesGoTogetherToo() {
    Target target = new Target("http", "h", "/a");
    List<String> keys = new ArrayList<>();
    for (String digest : List.of("x", "y")) {
      for (String said : List.of("", "a", "b")) {
        keys.add(CacheKey.of("QUERY", target, CacheKey.body(digest, Fields.NONE), said));
      }
    }
    keys.forEach(key -> variants.put(key, Fields.NONE, response("", key)));
    keys.forEach(key -> assertThat(body(find(variants, key, Fields.NONE))).isEqualTo(key));
    variants.remove(CacheKey.of("QUERY", target, CacheKey.NO_BODY));
    keys.forEach(key -> assertThat(body(find(variants, key, Fields.NONE))).isEqualTo("uri-miss"));
  }

  @Test
  void oneFrontsVariantsPutOutNoOthers() {
    variants.put(front("a"), Fields.NONE, response("", "of a"));
    for (int i = 0; i < 300; i++) {
      variants.put(front("b"), fields("A: " + i), response("Vary: A", "v" + i));
    }
    assertThat(body(find(variants, front("a"), Fields.NONE))).isEqualTo("of a");
    assertThat(body(find(variants, front("b"), fields("A: 0")))).isEqualTo("vary-miss");
    assertThat(body(find(variants, front("b"), fields("A: 299")))).isEqualTo("v299");
  }

  @Test
  void whatNothingSelectsByIsNotAskedFor() {
    variants.put(front("a"), Fields.NONE, response("", "of a"));
    Variants.Found found =
        variants.find(
            front("a"),
            () -> {
              throw new AssertionError("asked for");
            });
    assertThat(body(found)).isEqualTo("of a");
  }

  @Test
  void anUpdateOfAFrontsResponseIsFound() {
    String under = variants.put(front("a"), Fields.NONE, response("", "one"));
    StoredResponse one = find(variants, front("a"), Fields.NONE).response().orElseThrow();
    assertThat(find(variants, front("a"), Fields.NONE).under()).isEqualTo(under);
    variants.update(front("a"), under, one, response("", "updated"));
    assertThat(body(find(variants, front("a"), Fields.NONE))).isEqualTo("updated");
  }

  private static String front(String said) {
    return CacheKey.of("GET", new Target("http", "h", "/a"), CacheKey.NO_BODY, said);
  }

  private static String query(String digest) {
    return CacheKey.of("QUERY", new Target("http", "h", "/a"), CacheKey.body(digest, Fields.NONE));
  }

  private Variants variants(List<String> always) {
    return new Variants(store, new Random(1), always, Vary.RFC);
  }

  private String put(String request, String response, String body) {
    return variants.put("k", fields(request), response(response, body));
  }

  private StoredResponse response(String fields, String body) {
    Duration none = Duration.ZERO;
    return new StoredResponse(
        200,
        fields(fields),
        body.getBytes(StandardCharsets.US_ASCII),
        new Freshness(Duration.ofHours(1), none, Samples.RECEIVED, false, false, none, none),
        Samples.RECEIVED.plusSeconds(seconds++));
  }

  private String body(String request) {
    return body(variants, request);
  }

  private static String body(Variants of, String request) {
    return body(find(of, "k", fields(request)));
  }

  /** The body, or why there is none. */
  private static String body(Variants.Found found) {
    StoredResponse stored = found.stored();
    return stored == null
        ? found.absent().word()
        : new String(stored.body(), StandardCharsets.US_ASCII);
  }

  private static Variants.Found find(Variants variants, String key, Fields request) {
    return variants.find(key, () -> request);
  }
}
