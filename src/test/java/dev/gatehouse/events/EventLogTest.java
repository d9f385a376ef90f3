package dev.gatehouse.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final EventLog log = new EventLog(InstantSource.fixed(NOW));

  @Test
  void theNewestComesFirst() {
    log.add("shop", "a", "unreachable", "connection refused");
    log.add("shop", "b", "draining", "update", "ops");
    assertThat(log.last())
        .containsExactly(
            new Event(NOW, "shop", "b", "draining", "update", "ops"),
            new Event(NOW, "shop", "a", "unreachable", "connection refused", ""));
  }

  @Test
  void onlyTheLastFiftyAreKept() {
    for (int i = 0; i < 60; i++) {
      log.add("shop", "a", "change " + i, "test");
    }
    assertThat(log.last()).hasSize(50);
    assertThat(log.last().get(0).what()).isEqualTo("change 59");
    assertThat(log.last().get(49).what()).isEqualTo("change 10");
  }
}
