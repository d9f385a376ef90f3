package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Area B: what a peer on the list of trusted proxies says of the way so far. */
@ArquillianTest
@RunAsClient
@DisplayName("Trust")
@Timeout(60)
final class TrustIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(
        Settings.with(
            Settings.with(
                Settings.of(BACKEND), "proxy.forwarded.trustedProxies", "127.0.0.0/8,10.0.0.0/8"),
            "proxy.forwarded.mode",
            "both"));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  static Stream<Case> rows() {
    String own = BACKEND.url().toString();
    return Stream.of(
        Case.of("B06", "X-Forwarded-For: a, b")
            .lines("X-Forwarded-For: 203.0.113.7, 198.51.100.4")
            .must(
                "gets the peer appended",
                o ->
                    assertThat(o.forwarded().headers("X-Forwarded-For"))
                        .containsExactly("203.0.113.7, 198.51.100.4, 127.0.0.1")),
        Case.of("B06", "X-Forwarded-For in two lines")
            .lines("X-Forwarded-For: 203.0.113.7", "X-Forwarded-For: 10.1.2.3")
            .must(
                "gets the peer appended",
                o ->
                    assertThat(String.join(", ", o.forwarded().headers("X-Forwarded-For")))
                        .isEqualTo("203.0.113.7, 10.1.2.3, 127.0.0.1")),
        Case.of("B06", "what the peer says of scheme, host and port")
            .lines("X-Forwarded-Proto: https", "X-Forwarded-Host: shop.example")
            .lines("X-Forwarded-Port: 8443")
            .answered(Script.ofStatus(302, "Location: " + own + "/x"))
            .must(
                "is believed, also for a Location",
                o -> {
                  Seen seen = o.forwarded();
                  assertThat(seen.headers("X-Forwarded-Proto")).containsExactly("https");
                  assertThat(seen.headers("X-Forwarded-Host")).containsExactly("shop.example");
                  assertThat(seen.headers("X-Forwarded-Port")).containsExactly("8443");
                  assertThat(o.reply().headers("Location"))
                      .containsExactly("https://shop.example/x");
                }),
        Case.of("B06", "Forwarded: for=203.0.113.7;proto=https")
            .lines("Forwarded: for=203.0.113.7;proto=https")
            .must(
                "gets our element appended",
                o ->
                    assertThat(String.join(", ", o.forwarded().headers("Forwarded")))
                        .isEqualTo(
                            "for=203.0.113.7;proto=https,"
                                + " for=127.0.0.1;host=localhost;proto=http")),
        Case.of("B06", "a trusted peer that says nothing")
            .must(
                "is the client",
                o -> {
                  Seen seen = o.forwarded();
                  assertThat(seen.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
                  assertThat(seen.headers("X-Forwarded-Proto")).containsExactly("http");
                  assertThat(seen.headers("X-Forwarded-Host")).containsExactly("localhost");
                }),
        Case.of("B06", "a trusted peer's X-Consumer-Id")
            .lines("X-Consumer-Id: root")
            .must(
                "is no more than a stranger's",
                o -> assertThat(o.forwarded().headers("X-Consumer-Id")).containsExactly("test")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aTrustedPeerIsBelieved(Case row) throws Exception {
    Outcome.check(row, BACKEND);
  }
}
