package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator may let through. */
@ArquillianTest
@RunAsClient
@DisplayName("The guard's options")
final class GuardOptionsStoryIT {
  private static final List<String> AMBIGUOUS =
      List.of("/a/../b", "/a/%2e%2e/b", "/a//b", "/a/..;/b", "/a/.;x", "/a%2Fb", "/%61", "/;x/b");

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void anyMethodButTwoPassesUnchangedWithItsBody() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok(seen.method()));
        Gatehouse gatehouse =
            Gatehouse.deploy(Settings.with(Settings.of(backend), "proxy.guard.methods", "*"));
        RawClient client = RawClient.to(gatehouse.http())) {
      for (String method : List.of("BREW", "brew", "M-SEARCH", "PROPFIND")) {
        Reply reply =
            client.exchange(
                method
                    + " /pot-"
                    + method
                    + " HTTP/1.1\r\nHost: h\r\n"
                    + Settings.KEY_LINE
                    + "\r\nContent-Length: 3\r\n\r\ntea");
        assertThat(reply.text()).isEqualTo(method);
        assertThat(backend.request("/pot-" + method).body().text()).isEqualTo("tea");
      }
      Reply trace = client.exchange("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(trace.status()).isIn(403, 405); // Jetty: 403 by its own constraint
    }
  }

  @Test
  void aListedMethodPassesAndAKnownOneIsToldWhichDo() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok(seen.method()));
        Gatehouse gatehouse =
            Gatehouse.deploy(
                Settings.with(Settings.of(backend), "proxy.guard.methods", "GET, REPORT, HEAD"));
        RawClient client = RawClient.to(gatehouse.http())) {
      String head = " / HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n";
      assertThat(client.exchange("REPORT" + head).text()).isEqualTo("REPORT");
      Reply refused = client.exchange("DELETE" + head);
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.header("Allow")).contains("GET, REPORT, HEAD");
      assertThat(client.get("/after", Settings.KEY_LINE).text()).isEqualTo("GET");
    }
  }

  @Test
  void anyPathPassesByteForByteAsFarAsTheContainerLetsIt() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok(seen.target()));
        Gatehouse gatehouse =
            Gatehouse.deploy(Settings.with(Settings.of(backend), "proxy.guard.paths", "pass"))) {
      for (String path : AMBIGUOUS) {
        try (RawClient client = RawClient.to(gatehouse.http())) {
          Reply reply = client.get(path, Settings.KEY_LINE);
          assertThat(reply.status()).isIn(200, 400);
          assertThat(reply.status() == 400 || reply.text().equals(path)).as(path).isTrue();
        }
      }
      assertThat(backend.requests()).anyMatch(seen -> seen.target().equals("/a/../b"));
    }
  }
}
