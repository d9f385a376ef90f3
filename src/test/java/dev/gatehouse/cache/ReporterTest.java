package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.servlet.Head;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReporterTest {
  private final Reporter reporter = new Reporter(Rules.DEFAULT.config(), false);
  private final Reporter debugging = new Reporter(Rules.DEFAULT.config(), true);

  @Test
  void theKeyIsShownToWhoLooksForFaultsOnly() {
    assertThat(reporter.of(CacheStatus.hit(), "k", List.of()).first("Cache-Status"))
        .contains("gatehouse; hit");
    assertThat(debugging.of(CacheStatus.hit(), "k", List.of()).first("Cache-Status"))
        .contains("gatehouse; hit; key=\"k\"");
    assertThat(debugging.of(CacheStatus.hit(), "", List.of()).first("Cache-Status"))
        .contains("gatehouse; hit");
  }

  @Test
  void whatIsPassedOnHasOneLineOfBothAndNoTags() {
    Head head =
        new Head(
            200,
            Responses.fields(
                "ETag: 1 | surrogate-key: a | Cache-Status: o; hit | Cache-Tag: b"
                    + " | X-Cache: theirs | Cache-Status: p"));
    Head passed = reporter.on(head, CacheStatus.forwarded(Forward.MISS), "k", true);
    assertThat(Samples.text(passed.fields()))
        .isEqualTo("ETag: 1 | X-Cache: MISS | Cache-Status: o; hit, p, gatehouse; fwd=miss");
    assertThat(passed.status()).isEqualTo(200);
  }

  @Test
  void ofAnOwnAnswerNobodyElseSaysAnything() {
    Head head = new Head(502, Responses.fields("Cache-Status: gatehouse; fwd=miss"));
    Head passed = reporter.on(head, CacheStatus.forwarded(Forward.MISS), "k", false);
    assertThat(passed.fields().all("Cache-Status")).containsExactly("gatehouse; fwd=miss");
  }
}
