package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintTest {
  @TempDir Path folder;

  @Test
  void itNamesWhatIsSetOtherwiseAndShowsNoValue() {
    var given = Given.valid().context("proxy.debug", "true").context("proxy.prefix", "/a");
    Footprint before = given.load().footprint();
    given.context("proxy.prefix", "/b").context("proxy.health.interval", "2s");
    given.context.remove("proxy.debug");
    Footprint after = given.load().footprint();

    assertThat(before.differences(after))
        .containsExactly("proxy.debug", "proxy.health.interval", "proxy.prefix");
    assertThat(after.differences(given.load().footprint())).isEmpty();
    assertThat(after.hashes()).doesNotContainValue("/b");
    assertThat(after).hasToString("Footprint");
  }

  @Test
  void onlyAFileOutsideTheWarIsWatched() throws IOException {
    Path file = Files.writeString(folder.resolve("a.properties"), "proxy.configReload=0");
    var given = Given.valid();
    assertThat(given.load().footprint().file()).isEmpty();
    assertThat(given.load().footprint().pause()).isEqualTo(Duration.ofSeconds(5));

    given.context("proxy.config", file.toUri().toString());
    assertThat(given.load().footprint().file()).contains(file);
    assertThat(given.load().footprint().pause()).isZero();

    given.insideWar.put("/WEB-INF/a.properties", "");
    given.context("proxy.config", "/WEB-INF/a.properties");
    assertThat(given.load().footprint().file()).isEmpty();
    assertThat(Given.valid().context("proxy.configReload", "-1").problems()).hasSize(1);
  }

  @Test
  void theBackendsOfAPoolHaveTheirNames() {
    assertThat(Footprint.listsBackends("proxy.backends", "default")).isTrue();
    assertThat(Footprint.listsBackends("proxy.pool.default.backends", "default")).isTrue();
    assertThat(Footprint.listsBackends("proxy.pool.my-shop.backends", "My_Shop")).isTrue();
    assertThat(Footprint.listsBackends("proxy.backends", "shop")).isFalse();
    assertThat(Footprint.listsBackends("proxy.pool.shop.health.path", "shop")).isFalse();
  }
}
