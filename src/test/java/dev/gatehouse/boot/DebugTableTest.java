package dev.gatehouse.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.events.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebugTableTest {
  private final EventLog events = new EventLog(InstantSource.fixed(Instant.EPOCH));
  private final List<String> drawn = new ArrayList<>();
  private long now = Long.MAX_VALUE - 1;
  private final DebugTable table = new DebugTable(events, () -> now, () -> drawn.add("table"));

  @Test
  void whileNothingHappensItIsDrawnAtIntervals() {
    now += Duration.ofSeconds(10).toNanos() - 1;
    table.look();
    assertThat(drawn).isEmpty();
    now++;
    table.look();
    table.look();
    assertThat(drawn).hasSize(1);
  }

  @Test
  void anyEventHasItDrawn() {
    events.add("main", "a", "draining", "new disk", "me");
    table.look();
    table.look();
    assertThat(drawn).hasSize(1);
    for (int i = 0; i < 60; i++) { // more than the list keeps
      events.add("main", "a", "ejected", "5 in a row");
      table.look();
    }
    assertThat(drawn).hasSize(61);
  }

  @Test
  void eventsAtOnceHaveItDrawnOnce() {
    events.add("main", "a", "removed", "");
    events.add("main", "b", "added", "");
    table.look();
    assertThat(drawn).hasSize(1);
  }

  @Test
  void whatHappenedBeforeIsShownToo() {
    events.add("main", "a", "added", "");
    new DebugTable(events, () -> now, () -> drawn.add("table")).look();
    assertThat(drawn).hasSize(1);
  }
}
