package dev.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Journal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessEntryTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Journal journal = new Journal(nanos::get);
  private final Exchange exchange =
      new Exchange(
          "10.0.0.1",
          true,
          "192.0.2.1",
          new ExchangeId("id-1", Optional.of("X-Request-Id")),
          journal);

  @Test
  void allFactsAreInTheLine() {
    exchange.authenticated("team-a", "X-API-Key");
    journal.attempt(1, "b1");
    journal.attempt(2, "b2");
    nanos.set(12_500_000);
    journal.answeredByBackend();
    journal.receives(() -> 5);
    journal.sent(1_000);
    nanos.set(20_000_000);
    assertThat(line(arrival("/a;s=secret", "curl/8"), 200, true))
        .isEqualTo(
            "{\"time\":\"2026-01-02T03:04:05.060Z\",\"id\":\"id-1\",\"client\":\"192.0.2.1\","
                + "\"peer\":\"10.0.0.1\",\"consumer\":\"team-a\",\"method\":\"GET\","
                + "\"host\":\"shop.test\",\"path\":\"/a;s=*\",\"protocol\":\"HTTP/1.1\","
                + "\"status\":200,\"outcome\":\"answered\",\"backend\":\"b2\",\"attempts\":2,"
                + "\"ms\":20.000,\"backendMs\":12.500,\"bytesIn\":5,\"bytesOut\":1000,"
                + "\"agent\":\"curl/8\"}");
  }

  @Test
  void absentFactsAreLeftOut() {
    journal.answeredByUs(401, 60);
    assertThat(line(arrival("/", null), 401, true))
        .contains(
            "\"status\":401,\"outcome\":\"refused\",\"ms\":0.000,\"bytesIn\":0,\"bytesOut\":60}")
        .doesNotContain("consumer", "backend", "attempts", "agent");
  }

  @Test
  void whoDidNotWaitForAHeadHasNoStatus() {
    journal.clientGone();
    assertThat(line(arrival("/", null), 200, false))
        .contains("\"outcome\":\"clientGone\"")
        .doesNotContain("status");
    assertThat(line(arrival("/", null), 200, true)).contains("\"status\":200");
  }

  private String line(Arrival arrival, int status, boolean sent) {
    return AccessEntry.of(arrival, exchange, status, sent).get();
  }

  private static Arrival arrival(String path, @Nullable String agent) {
    return new Arrival(1_767_323_045_060L, "GET", "shop.test", path, "HTTP/1.1", agent);
  }
}
