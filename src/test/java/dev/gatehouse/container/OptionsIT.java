package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What operators switch that others see: whom to believe, and which names are shown. */
@ArquillianTest
@RunAsClient
@DisplayName("Options")
final class OptionsIT {
  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void aTrustedProxyIsBelievedAndContinued() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("unset"))) {
      backend.answer(seen -> Script.ofStatus(302, "Location: " + backend.url() + "/next"));
      try (Gatehouse gatehouse =
              deploy(
                  backend,
                  "proxy.forwarded.trustedProxies",
                  "127.0.0.0/8, 198.51.100.0/24",
                  "proxy.forwarded.mode",
                  "both");
          RawClient client = RawClient.to(gatehouse.http())) {
        Reply reply =
            client.get(
                "/trusted",
                Settings.KEY_LINE,
                "X-Forwarded-For: 203.0.113.9, 198.51.100.7",
                "X-Forwarded-Proto: http, https",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Host: evil.example, shop.example",
                "X-Forwarded-Port: 1, 443",
                "Forwarded: for=203.0.113.9",
                "X-Real-IP: 203.0.113.9");
        assertThat(reply.header("Location")).contains("https://shop.example/next");
        Seen seen = backend.request("/trusted");
        assertThat(seen.headers("X-Forwarded-For"))
            .containsExactly("203.0.113.9, 198.51.100.7, 127.0.0.1");
        assertThat(seen.headers("X-Forwarded-Proto")).containsExactly("https");
        assertThat(seen.headers("X-Forwarded-Host")).containsExactly("shop.example");
        assertThat(seen.headers("X-Forwarded-Port")).containsExactly("443");
        assertThat(seen.headers("Forwarded"))
            .containsExactly("for=203.0.113.9, for=127.0.0.1;host=localhost;proto=http");
        assertThat(seen.header("X-Real-IP")).contains("203.0.113.9");
      }
    }
  }

  @Test
  void namesCanBeKeptToOurselves() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("served"));
        Gatehouse gatehouse =
            deploy(
                backend,
                "proxy.backendHeader",
                "off",
                "proxy.viaHost",
                "off",
                "proxy.forwarded.mode",
                "off",
                "proxy.preserveHost",
                "true");
        RawClient client = RawClient.to(gatehouse.http())) {
      assertThat(client.get("/quiet", Settings.KEY_LINE).header("X-Backend-Server")).isEmpty();
      Seen seen = backend.request("/quiet");
      assertThat(seen.header("Host")).contains("localhost");
      assertThat(seen.header("Via")).isEmpty();
      assertThat(seen.headerLines()).noneMatch(line -> line.startsWith("X-Forwarded"));
    }
  }

  private static Gatehouse deploy(Backend backend, String... more) {
    return Gatehouse.deploy(Settings.with(Settings.of(backend), more));
  }
}
