package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.DnsConfig.Server;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsReaderTest {
  @Test
  void leftAloneItIsTheSystemsWithinBounds() {
    assertThat(Given.valid().config().dns())
        .isEqualTo(
            new DnsConfig(
                List.of(),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                List.of()));
  }

  @Test
  void serversHaveAPortOrTheUsualOne() {
    Given given = Given.valid();
    given.context("proxy.dns.servers", "10.0.0.2, 10.0.0.3:5353, ::1, [::2], [::3]:54");
    assertThat(given.config().dns().servers())
        .containsExactly(
            new Server("10.0.0.2", 53),
            new Server("10.0.0.3", 5353),
            new Server("::1", 53),
            new Server("::2", 53),
            new Server("::3", 54));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dns.example", "10.0.0.2:0", "10.0.0.2:65536", "10.0.0.2:x", "x::1:zz"})
  void aServerIsAnAddress(String server) {
    assertThat(Given.valid().context("proxy.dns.servers", server).problem())
        .contains("proxy.dns.servers", "write addresses of DNS servers");
  }

  @Test
  void addressesMayBeBounded() {
    Given given = Given.valid().context("proxy.dns.allow", "10.0.0.0/8, fd00::/8");
    assertThat(given.config().dns().allow())
        .containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8"));
    assertThat(Given.valid().context("proxy.dns.allow", "example.com").problem())
        .contains("proxy.dns.allow");
  }

  @Test
  void theBoundsOfATtlFitTogether() {
    Given given = Given.valid().context("proxy.dns.minTtl", "10s");
    assertThat(given.context("proxy.dns.maxTtl", "5s").problem())
        .contains("must not be less than proxy.dns.minTtl");
    assertThat(Given.valid().context("proxy.dns.minTtl", "0").problem())
        .contains("proxy.dns.minTtl");
    assertThat(Given.valid().context("proxy.dns.maxTtl", "x").problem())
        .contains("proxy.dns.maxTtl");
  }
}
