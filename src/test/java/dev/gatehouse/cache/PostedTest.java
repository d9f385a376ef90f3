package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Head;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.servlet.ServletFields;
import dev.gatehouse.testkit.FakeOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PostedTest {
  private static final Target TARGET = new Target("http", "h", "/a");
  private static final String KEY = CacheKey.of("GET", TARGET, CacheKey.NO_BODY);
  private static final Head HEAD =
      new Head(200, fields("Cache-Control: max-age=9 | Content-Location: /a"));

  private final MapStore store = new MapStore();
  private final CacheConfig config = Rules.DEFAULT.withPostContentLocation().config();

  @Test
  void isKeptForGet() throws IOException {
    CacheParts parts = parts(1 << 20);
    Posted posted = posted(parts);
    assertThat(posted.isKept(HEAD)).isTrue();
    posted.keeping(new FakeOutput()).close();
    assertThat(store.get(KEY)).isNotNull();
  }

  @Test
  void isNotSaidToBeStoredWhereThereIsNoRoom() {
    CacheParts parts = parts(100);
    assertThat(posted(parts).isKept(HEAD)).isFalse();
    assertThat(parts.counters().total(Refusal.NO_ROOM)).isEqualTo(1);
  }

  private static Posted posted(CacheParts parts) {
    Exchange exchange =
        new Exchange(
            "192.0.2.1",
            false,
            "192.0.2.1",
            new ExchangeId("1", Optional.empty()),
            new Journal(() -> 0));
    exchange.journal().answeredByBackend();
    return new Posted(parts, exchange, "POST", Fields.NONE, TARGET, KEY);
  }

  private CacheParts parts(long room) {
    return new CacheParts(
        config,
        new CachePolicy(config.rules()),
        new StoragePolicy(config),
        new Variants(store, new Random(1), List.of(), Vary.RFC),
        new Flights(() -> 0),
        new CacheCounters(),
        new Purges(),
        new CaptureRoom(room),
        new Reporter(config, false),
        new FakeBodies(),
        (request, response) -> {},
        ServletFields::of,
        Runnable::run,
        () -> Instant.EPOCH,
        () -> 0);
  }
}
