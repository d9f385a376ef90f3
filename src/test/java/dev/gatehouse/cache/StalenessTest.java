package dev.gatehouse.cache;

import static dev.gatehouse.cache.Responses.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a soft purge makes of a stored response. */
class StalenessTest {
  private static final Instant NOW = T0.plusSeconds(10);
  private final CachePolicy policy = new CachePolicy(Rules.DEFAULT.rules());

  private static StoredResponse stored(
      long lifetime, boolean forbidsStale, long whileRevalidate, long ifError) {
    return new StoredResponse(
        200,
        Fields.of("ETag", "\"1\""),
        Fields.of("Cache-Tag", "a"),
        new byte[] {1},
        new Freshness(
            Duration.ofSeconds(lifetime),
            Duration.ofSeconds(5),
            T0,
            false,
            forbidsStale,
            Duration.ofSeconds(whileRevalidate),
            Duration.ofSeconds(ifError)),
        T0);
  }

  @Test
  void itIsStaleAtOnceAndElseTheSame() {
    StoredResponse fresh = stored(60, false, 0, 0);
    StoredResponse stale = fresh.staleAt(NOW);
    assertThat(fresh.freshness().isFreshAt(NOW)).isTrue();
    assertThat(stale.freshness().isFreshAt(NOW)).isFalse();
    assertThat(stale.freshness().ageAt(NOW)).hasSeconds(15);
    assertThat(stale.fields()).isEqualTo(fresh.fields());
    assertThat(stale.tags()).isEqualTo(fresh.tags());
    assertThat(stale.body()).isSameAs(fresh.body());
    assertThat(stale.storedAt()).isEqualTo(fresh.storedAt());
    assertThat(decide(stale, NOW)).isEqualTo(new CacheDecision.Revalidate(stale, Forward.STALE));
  }

  @Test
  void whatIsStaleAlreadyStaysAsItIs() {
    StoredResponse old = stored(15, false, 0, 0);
    assertThat(old.staleAt(NOW)).isSameAs(old);
    StoredResponse stale = stored(60, false, 0, 0).staleAt(NOW);
    assertThat(stale.staleAt(NOW)).isSameAs(stale);
  }

  @Test
  void itsWindowsBeginNow() {
    StoredResponse stale = stored(60, false, 20, 0).staleAt(NOW);
    assertThat(decide(stale, NOW)).isEqualTo(new CacheDecision.StaleHit(stale, 15, true));
    assertThat(decide(stale, NOW.plusSeconds(20)))
        .isEqualTo(new CacheDecision.StaleHit(stale, 35, true));
    assertThat(decide(stale, NOW.plusSeconds(21)))
        .isEqualTo(new CacheDecision.Revalidate(stale, Forward.STALE));
  }

  @ParameterizedTest(name = "stale use forbidden: {0}, stale-if-error={1}, {2}: stands in {3}")
  @CsvSource({
    "false, 0, UNREACHABLE, true",
    "false, 0, SERVER_ERROR, false",
    "false, 9, SERVER_ERROR, true",
    "true, 0, UNREACHABLE, false",
    "true, 9, SERVER_ERROR, false",
  })
  void itStandsInAsAnythingStaleDoes(
      boolean forbidden, long ifError, Failure failure, boolean standsIn) {
    StoredResponse stale = stored(60, forbidden, 0, ifError).staleAt(NOW);
    assertThat(policy.onFailure(Fields.NONE, stale, failure, NOW).isPresent()).isEqualTo(standsIn);
  }

  private CacheDecision decide(StoredResponse stored, Instant now) {
    return policy.decide(Fields.NONE, Optional.of(stored), Forward.URI_MISS, now);
  }
}
