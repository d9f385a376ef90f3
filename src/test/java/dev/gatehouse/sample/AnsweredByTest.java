package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnsweredByTest {
  @Test
  void theFieldNamesTheBackend() {
    AnsweredBy by = of("MISS", "gatehouse; fwd=uri-miss; stored", "127.0.0.1:8000");
    assertThat(by).isEqualTo(AnsweredBy.backend("127.0.0.1:8000"));
    assertThat(by.isBackend()).isTrue();
  }

  @Test
  void withoutACacheTheFieldNamesTheBackendToo() {
    HttpFields fields = HttpFields.build().put("X-Backend-Server", "a:1");
    assertThat(AnsweredBy.of(fields)).isEqualTo(AnsweredBy.backend("a:1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HIT", "STALE"})
  void whatIsServedFromStoreIsNoBackends(String word) {
    assertThat(of(word, "gatehouse; hit; ttl=1", "")).isEqualTo(AnsweredBy.CACHE);
    assertThat(of(word, "gatehouse; hit; ttl=1", "a:1")).isEqualTo(AnsweredBy.CACHE);
    assertThat(AnsweredBy.CACHE.isBackend()).isFalse();
  }

  @Test
  void aCollapsedRequestHasTheAnswerToAnother() {
    String status = "gatehouse; fwd=uri-miss; fwd-status=200; collapsed";
    assertThat(of("MISS", status, "")).isEqualTo(AnsweredBy.COLLAPSED);
    assertThat(of("MISS", status, "a:1")).isEqualTo(AnsweredBy.backend("a:1"));
  }

  @Test
  void anAnswerThatTellsNothingStaysVisibleAsSuch() {
    assertThat(AnsweredBy.of(HttpFields.EMPTY)).isEqualTo(AnsweredBy.UNKNOWN);
    assertThat(of("MISS", "gatehouse; fwd=uri-miss", "")).isEqualTo(AnsweredBy.UNKNOWN);
    assertThat(of("BYPASS", "gatehouse; fwd=bypass", "")).isEqualTo(AnsweredBy.UNKNOWN);
    assertThat(AnsweredBy.UNKNOWN.isBackend()).isFalse();
  }

  private static AnsweredBy of(String word, String status, String backend) {
    HttpFields.Mutable fields = HttpFields.build();
    fields.put("X-Cache", word);
    fields.put("Cache-Status", status);
    if (!backend.isEmpty()) {
      fields.put("X-Backend-Server", backend);
    }
    return AnsweredBy.of(fields);
  }
}
