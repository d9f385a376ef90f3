package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Target;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PurgesTest {
  private static final Target TARGET = new Target("http", "h", "/a");
  private static final String KEY = CacheKey.of("GET", TARGET, CacheKey.NO_BODY);
  private static final StoredResponse RESPONSE = PurgeScopeTest.tagged("t");

  private final Purges purges = new Purges();

  @Test
  void whatWasAskedForAfterwardsIsNotConcerned() {
    purges.add(PurgeScope.all());
    assertThat(purges.concern(purges.count(), KEY, RESPONSE)).isFalse();
  }

  @Test
  void whatWasOnItsWayIsConcernedIfItWasMeant() {
    long before = purges.count();
    purges.add(PurgeScope.of(new Target("http", "h", "/b")));
    purges.add(PurgeScope.tags(Set.of("u")));
    assertThat(purges.concern(before, KEY, RESPONSE)).isFalse();
    purges.add(PurgeScope.of(TARGET));
    assertThat(purges.concern(before, KEY, RESPONSE)).isTrue();
    assertThat(purges.concern(purges.count() - 1, KEY, RESPONSE)).isTrue();
    assertThat(purges.concern(purges.count(), KEY, RESPONSE)).isFalse();
  }

  @Test
  void aTagIsLookedForInWhatHasCome() {
    long before = purges.count();
    purges.add(PurgeScope.tags(Set.of("t")));
    assertThat(purges.concern(before, KEY, RESPONSE)).isTrue();
    assertThat(purges.concern(before, KEY, Samples.stored(200, "x"))).isFalse();
  }

  @Test
  void ofTooManyOneMayHaveMeantIt() {
    long before = purges.count();
    for (int i = 0; i < 1_024; i++) {
      purges.add(PurgeScope.tags(Set.of("u")));
    }
    assertThat(purges.concern(before, KEY, RESPONSE)).isFalse();
    purges.add(PurgeScope.tags(Set.of("u")));
    assertThat(purges.concern(before, KEY, RESPONSE)).isTrue();
    assertThat(purges.concern(before + 1, KEY, RESPONSE)).isFalse();
  }
}
