package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.Target;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What came through a proxy before us and what did not put out nothing of each other's")
class VariantsOfFrontsTest {
  private static final String BARE = key(Front.NONE);
  private static final int MANY = 300; // more than a target without fronts may have

  private final MapStore store = new MapStore();
  private final Variants variants = new Variants(store, new Random(1), List.of(), Vary.RFC);

  @Test
  void manyVariantsOfBareRequestsPutOutNoFronts() {
    for (int i = 0; i < 50; i++) {
      put(key("f" + i), "");
    }
    for (int i = 0; i < MANY; i++) {
      put(BARE, "A: " + i, "Vary", "A");
    }
    for (int i = 0; i < 50; i++) {
      assertThat(isThere(key("f" + i), "")).as("f%d", i).isTrue();
    }
    assertThat(isThere(BARE, "A: 0")).as("theirs begin anew").isFalse();
    assertThat(isThere(BARE, "A: 299")).isTrue();
  }

  @Test
  void manyVariantsOfOneFrontPutOutNoBareOnes() {
    put(key("a"), "A: 0", "Vary", "A");
    put(BARE, "A: 0", "Vary", "A");
    for (int i = 0; i < MANY; i++) {
      put(key("a"), "A: " + i, "Vary", "A");
    }
    assertThat(isThere(BARE, "A: 0")).isTrue();
  }

  @Test
  void manyFrontsPutOutNoBareVariants() {
    put(key("a"), "");
    put(BARE, "A: 0", "Vary", "A");
    for (int i = 0; i < MANY; i++) {
      put(key("f" + i), "");
    }
    put(BARE, "A: 1", "Vary", "A"); // is the second, whatever the fronts are
    assertThat(isThere(BARE, "A: 0")).isTrue();
    assertThat(isThere(key("a"), "")).isTrue();
  }

  @Test
  void aFrontEvictedAndPutAgainPutsOutNoOthers() {
    put(key("a"), "");
    put(BARE, "A: 0", "Vary", "A");
    for (int i = 0; i < MANY; i++) {
      store.remove(put(key("b"), ""));
      put(BARE, "A: " + i % 2, "Vary", "A");
    }
    store.remove(put(BARE, "A: 1", "Vary", "A"));
    put(BARE, "A: 1", "Vary", "A"); // counts once more, and so not beside 300 of b
    assertThat(isThere(BARE, "A: 0")).isTrue();
    assertThat(isThere(key("a"), "")).isTrue();
  }

  @Test
  void aBareVariantEvictedAndPutAgainPutsOutNoFronts() {
    put(key("a"), "");
    for (int i = 0; i < MANY; i++) {
      store.remove(put(BARE, "A: 0", "Vary", "A"));
    }
    assertThat(isThere(key("a"), "")).isTrue();
  }

  @Test
  void frontsBeginAnewByThemselves() {
    put(key("a"), "");
    put(BARE, "A: 0", "Vary", "A");
    for (int i = 1; i < 65_536; i++) {
      store.remove(put(key("b"), ""));
    }
    assertThat(isThere(key("a"), "")).isTrue();
    put(key("c"), "");
    assertThat(isThere(key("a"), "")).isFalse();
    assertThat(isThere(key("c"), "")).isTrue();
    assertThat(isThere(BARE, "A: 0")).isTrue();
  }

  @Test
  void toForgetTheTargetForgetsBothForGood() {
    put(key("a"), "");
    put(BARE, "A: 0", "Vary", "A");
    variants.remove(BARE);
    put(BARE, "A: 1", "Vary", "A");
    assertThat(isThere(key("a"), "")).isFalse();
    put(key("b"), "");
    assertThat(isThere(key("a"), "")).isFalse();
    assertThat(isThere(BARE, "A: 0")).isFalse();
    assertThat(isThere(BARE, "A: 1")).isTrue();
  }

  @Test
  void whereNoFrontHasAnythingThereIsOneLook() {
    assertThat(looksFor(key("a"))).isEqualTo(1);
    put(BARE, "");
    assertThat(looksFor(key("a"))).isEqualTo(1);
    put(BARE, "A: 0", "Vary", "A");
    assertThat(looksFor(key("a"))).isEqualTo(1);
    assertThat(find(key("a"), "").under()).isNotEqualTo(find(key("b"), "").under());
  }

  private int looksFor(String key) {
    int before = store.looks();
    Variants.Found found = find(key, "");
    assertThat(found.stored()).isNull();
    assertThat(found.absent()).isEqualTo(Forward.URI_MISS);
    return store.looks() - before;
  }

  private String put(String key, String request, String... response) {
    return variants.put(key, fields(request), Samples.stored(200, "body", response));
  }

  private boolean isThere(String key, String request) {
    return find(key, request).stored() != null;
  }

  private Variants.Found find(String key, String request) {
    return variants.find(key, () -> fields(request));
  }

  private static String key(String said) {
    return CacheKey.of("GET", new Target("http", "h", "/a"), CacheKey.NO_BODY, said);
  }
}
