package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
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

/** What else operators switch: sizes, ids, prefixes, who needs a key. */
@ArquillianTest
@RunAsClient
@DisplayName("Options")
final class OptionsStoryIT {
  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void aBodyThatGrowsTooLargeIsRefusedAndTheConnectionClosed() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("never"));
        Gatehouse gatehouse = deploy(backend, "proxy.limit.maxBodySize", "10");
        RawClient client = RawClient.to(gatehouse.http())) {
      client.send(
          "POST /grows HTTP/1.1\r\nHost: h\r\n"
              + Settings.KEY_LINE
              + "\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n");
      Seen seen = backend.request("/grows");
      client.send("3\r\n9ab\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
      Reply reply = client.readFinal(false);
      assertThat(reply.status()).isEqualTo(413);
      assertThat(client.isAtEnd()).isTrue();
      assertThat(seen.isWhole()).isFalse();
    }
  }

  @Test
  void aBodyOfTheLargestSizePasses() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("got " + seen.body().length()));
        Gatehouse gatehouse = deploy(backend, "proxy.limit.maxBodySize", "10");
        RawClient client = RawClient.to(gatehouse.http())) {
      Reply reply =
          client.exchange(
              "POST /fits HTTP/1.1\r\nHost: h\r\n"
                  + Settings.KEY_LINE
                  + "\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n");
      assertThat(reply.text()).isEqualTo("got 10");
    }
  }

  @Test
  void aTrustedPeersIdIsTakenOverIfItIsSane() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("served"));
        Gatehouse gatehouse = deploy(backend, "proxy.forwarded.trustedProxies", "127.0.0.0/8");
        RawClient client = RawClient.to(gatehouse.http())) {
      Reply sane = client.get("/sane", Settings.KEY_LINE, "x-request-id: theirs-1");
      assertThat(sane.headers("X-Request-Id")).containsExactly("theirs-1");
      assertThat(backend.request("/sane").headers("X-Request-Id")).containsExactly("theirs-1");
      Reply refused = client.get("/keyless", "X-Request-Id: theirs-2", "Accept: application/json");
      assertThat(refused.text()).contains("\"requestId\":\"theirs-2\"");
      Reply other = client.get("/other", Settings.KEY_LINE, "X-Request-Id: the\"irs");
      assertThat(other.header("X-Request-Id").orElse("")).matches("[0-9a-f]{32}");
      assertThat(backend.request("/other").headers("X-Request-Id"))
          .isEqualTo(other.headers("X-Request-Id"));
    }
  }

  @Test
  void withoutAFieldForItAnIdIsInTheLogOnly() throws Exception {
    try (Backend backend =
            new Backend(seen -> Script.response(200, new byte[0], "X-Request-Id: the-backends"));
        Gatehouse gatehouse =
            deploy(backend, "proxy.requestIdHeader", "off", "proxy.accessLog", "log");
        RawClient client = RawClient.to(gatehouse.http())) {
      Reply reply = client.get("/no-field?secret", Settings.KEY_LINE, "X-Request-Id: the-clients");
      assertThat(reply.headers("X-Request-Id")).containsExactly("the-backends");
      assertThat(backend.request("/no-field?secret").headers("X-Request-Id"))
          .containsExactly("the-clients");
      assertThat(client.get("/no-field").headers("X-Request-Id")).isEmpty();
      Await.until("the line", () -> server.log().contains("\"path\":\"/no-field\""));
      assertThat(server.log())
          .containsPattern("\\{\"time\":\"[^\"]+\",\"id\":\"[0-9a-f]{32}\".*\"path\":\"/no-field\"")
          .doesNotContain("no-field?");
    }
  }

  @Test
  void aPrefixIsTakenOffOnASegmentBoundary() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("served"));
        Gatehouse gatehouse = deploy(backend, "proxy.prefix", "/api");
        RawClient client = RawClient.to(gatehouse.http())) {
      assertThat(client.get("/api/x?y", Settings.KEY_LINE).status()).isEqualTo(200);
      assertThat(backend.request("/x?y").target()).isEqualTo("/x?y");
      assertThat(client.get("/apievil", Settings.KEY_LINE).status()).isEqualTo(404);
      assertThat(client.get("/other", Settings.KEY_LINE).status()).isEqualTo(404);
      assertThat(backend.requests()).hasSize(1);
    }
  }

  @Test
  void withoutAuthenticationTrafficNeedsNoKeyAndOurPagesStillDo() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("served"));
        Gatehouse gatehouse = deploy(backend, "proxy.auth.mode", "none");
        RawClient client = RawClient.to(gatehouse.http())) {
      assertThat(client.get("/open").status()).isEqualTo(200);
      assertThat(client.get("/_proxy/status").status()).isEqualTo(401);
      assertThat(Status.get(server).json().getJsonArray("warnings").toString())
          .contains("proxy.auth.mode=none");
    }
  }

  @Test
  void ourPagesCanBeForThisMachineOrForNobody() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("served"))) {
      try (Gatehouse gatehouse = deploy(backend, "proxy.status.access", "local");
          RawClient client = RawClient.to(gatehouse.http())) {
        assertThat(client.get("/_proxy/status").status()).isEqualTo(200);
        assertThat(client.get("/_proxy/status", "X-Forwarded-For: 127.0.0.1").status())
            .isEqualTo(401);
      }
      try (Gatehouse gatehouse = deploy(backend, "proxy.status.access", "off");
          RawClient client = RawClient.to(gatehouse.http())) {
        assertThat(client.get("/_proxy/status", Settings.ADMIN_LINE).status()).isEqualTo(404);
      }
    }
  }

  private static Gatehouse deploy(Backend backend, String... more) {
    return Gatehouse.deploy(Settings.with(Settings.of(backend), more));
  }
}
