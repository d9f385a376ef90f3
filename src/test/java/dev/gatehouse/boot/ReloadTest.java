package dev.gatehouse.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.Sources;
import dev.gatehouse.events.Event;
import dev.gatehouse.events.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  private static final String ONE = "proxy.auth.mode=none\nproxy.backends=http://127.0.0.1:8001\n";
  private static final String TWO = ONE.replace("8001", "8001,http://127.0.0.1:8002");

  @TempDir private Path folder;
  private final EventLog events = new EventLog(() -> Instant.EPOCH);
  private final List<List<PoolConfig>> taken = new ArrayList<>();
  private Path file;
  private Reload reload;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("gatehouse.properties");
    write(ONE);
    reload =
        Reload.of(
                read().footprint(),
                this::read,
                pools -> {
                  taken.add(pools);
                  return Set.of("default");
                },
                events)
            .orElseThrow();
  }

  @Test
  void whatIsTheSameIsLeftAlone() throws IOException {
    looks(3);
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    looks(3);
    write(ONE + "# a comment\n");
    looks(3);
    assertThat(taken).isEmpty();
    assertThat(events.last()).isEmpty();
  }

  @Test
  void newBackendsAreTakenOnceTheContentIsSettled() throws IOException {
    looks(1);
    write("proxy.auth.mode=none\nproxy.back");
    looks(1);
    write(TWO);
    looks(1);
    assertThat(taken).isEmpty();
    looks(1);
    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).get(0).backends()).hasSize(2);
    assertThat(told()).containsExactly("configuration reloaded: proxy.backends");
    looks(5);
    assertThat(taken).hasSize(1);
  }

  @Test
  void whatChangesNowhereElseIsNamed() throws IOException {
    write(TWO + "proxy.debug=true\nproxy.health.interval=2s\n");
    looks(2);
    write(TWO + "proxy.debug=true\n");
    looks(2);
    assertThat(told())
        .containsExactly(
            "configuration reloaded: proxy.health.interval;"
                + " only a new deployment changes proxy.debug",
            "configuration reloaded: proxy.backends, proxy.debug, proxy.health.interval;"
                + " only a new deployment changes proxy.debug, proxy.health.interval");
  }

  @Test
  void aBadFileOrNoneIsRefusedOnceAndTheOldOneStays() throws IOException {
    write(ONE + "proxy.nonsense=1\nproxy.debug=x\n");
    looks(5);
    Files.delete(file);
    looks(5);
    write(ONE);
    looks(5);
    assertThat(taken).isEmpty();
    assertThat(told()).hasSize(2).allMatch(line -> line.startsWith("configuration refused: "));
    assertThat(told().get(1)).contains("proxy.nonsense").endsWith("and more");
    assertThat(told().get(0)).contains("there is no such file");
  }

  @Test
  void nobodyLooksWhereNobodyWantsIt() throws IOException {
    write(ONE + "proxy.configReload=0\n");
    assertThat(Reload.of(read().footprint(), this::read, pools -> Set.of(), events)).isEmpty();
  }

  private void looks(int times) {
    for (int i = 0; i < times; i++) {
      reload.look();
    }
  }

  private List<String> told() {
    return events.last().stream().map(ReloadTest::line).toList();
  }

  private static String line(Event event) {
    return event.what() + ": " + event.cause();
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private Loaded read() {
    return Loaded.from(
        new Sources(
            Map.of("proxy.config", file.toString()),
            Map.of(),
            Map.of(),
            Map.of(),
            "",
            "gatehouse-1",
            path -> Optional.empty()));
  }
}
