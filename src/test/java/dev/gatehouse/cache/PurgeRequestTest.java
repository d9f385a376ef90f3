package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Cidr;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.FakeRequest;
import dev.gatehouse.testkit.FakeResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurgeRequestTest {
  private static final Target TARGET = Target.of("http", "h", "/a", null);

  private final EhcacheStore store =
      new EhcacheStore(new Tiers(9, 9_999, 0, Optional.empty()), () -> 0, new Random(1));
  private final HttpCache cache =
      new HttpCache(
          Rules.DEFAULT.config(),
          false,
          "X-Consumer",
          store,
          new FakeBodies(),
          new FakeOrigin(),
          FakeOrigin::sent,
          Runnable::run,
          () -> Instant.EPOCH,
          () -> 0,
          new Random(1));

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest(name = "{0} for {1}, {2}: {3}")
  @CsvSource({
    "192.0.2.1, 192.0.2.1, X, 404",
    "192.0.2.9, 192.0.2.9, X, 403",
    "192.0.2.9, 192.0.2.1, X, 403",
    "192.0.2.1, 192.0.2.9, X, 403",
    "192.0.2.1, 192.0.2.2, X, 404",
    "192.0.2.1, 192.0.2.1, Sec-Fetch-Site, 403",
    "192.0.2.1, 192.0.2.1, Origin, 403",
  })
  void whoHasTheConnectionMustBeAllowedAndWhoItIsFor(
      String peer, String client, String field, int status) throws Exception {
    List<Cidr> allowed = List.of(Cidr.parse("192.0.2.0/30"));
    HttpServletRequest request =
        new FakeRequest("PURGE", "/a").with("Host", "h").with(field, "x").asRequest();
    new Exchange(
            peer,
            !peer.equals(client),
            client,
            new ExchangeId("1", Optional.empty()),
            new Journal(() -> 0))
        .attachTo(request);
    FakeResponse response = new FakeResponse();
    new PurgeRequest(cache, allowed, Fields.NONE).answer(request, response.asResponse(), TARGET);
    assertThat(response.status()).isEqualTo(status);
  }
}
