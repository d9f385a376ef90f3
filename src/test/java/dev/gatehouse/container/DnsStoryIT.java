package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.DnsServer;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A backend given by name, whose addresses change. */
@ArquillianTest
@RunAsClient
@DisplayName("Backends by name")
final class DnsStoryIT {
  private static final String NAME = "shop.gatehouse.test";

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  @DisplayName("C09: an answer that changes is followed, and one that fails changes nothing")
  void theNameIsFollowedWithinItsTtl() throws Exception {
    try (DnsServer dns = DnsServer.denying();
        Origin first = Origin.answering(seen -> Script.ok("first"));
        Origin second = Origin.answering(seen -> Script.ok("second"))) {
      second.moveTo("127.0.0.2", first.port());
      dns.means(1, "127.0.0.1");
      try (Gatehouse gatehouse = Gatehouse.deploy(settings(dns, first.port()))) {
        assertThat(gatehouse.http()).isEqualTo(server.http());
        assertThat(answer()).isEqualTo("first");
        assertThat(first.seen().get(0).header("Host")).contains(NAME + ":" + first.port());

        dns.means(1, "127.0.0.2");
        Await.until("it has moved", Duration.ofSeconds(5), () -> answer().equals("second"));
        int served = first.seen().size();
        for (int i = 0; i < 20; i++) {
          assertThat(answer()).isEqualTo("second");
        }
        assertThat(ids()).containsExactly("shop");

        dns.deny();
        int asked = dns.asked();
        Await.until("it was denied", () -> dns.asked() > asked + 2);
        assertThat(answer()).isEqualTo("second");
        assertThat(first.seen().size())
            .as("a check that was under way")
            .isBetween(served, served + 1);

        dns.means(1, "127.0.0.1", "127.0.0.2");
        Await.until("there are two", () -> ids().size() == 2);
        assertThat(ids()).containsExactlyInAnyOrder("shop@127.0.0.1", "shop@127.0.0.2");
        Await.until("both serve", () -> !answer().equals(answer()));

        dns.means(1, "127.0.0.1", "169.254.169.254", "0.0.0.0");
        Await.until("what is not allowed is no member", () -> ids().equals(List.of("shop")));
      }
    }
  }

  @Test
  void aNameThatMeansNothingYetIsUnreachableAndHoldsNobodyUp() throws Exception {
    try (DnsServer dns = DnsServer.denying();
        Origin origin = Origin.answering(seen -> Script.ok("found"))) {
      dns.fallSilent();
      long start = System.nanoTime();
      try (Gatehouse gatehouse = Gatehouse.deploy(settings(dns, origin.port()));
          RawClient client = RawClient.to(gatehouse.http())) {
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
        assertThat(client.get("/", Settings.KEY_LINE).status()).isEqualTo(503);
        Await.until("checked", () -> shop().getString("status").equals("UNREACHABLE"));
        assertThat(shop().getString("lastCheckResult")).isEqualTo("host name not resolved");
        dns.means(1, "127.0.0.1");
        Await.until("found", Duration.ofSeconds(15), () -> answer().equals("found"));
      }
    }
  }

  @Test
  void whatAnOperatorDoesToANameStaysWhenItMoves() throws Exception {
    try (DnsServer dns = DnsServer.denying();
        Origin first = Origin.answering(seen -> Script.ok("first"));
        Origin second = Origin.answering(seen -> Script.ok("second"))) {
      second.moveTo("127.0.0.2", first.port());
      Map<String, String> settings = settings(dns, first.port());
      String byName = settings.get("proxy.backends");
      settings.put("proxy.backends", "http://127.0.0.1:" + first.port() + " id=fixed");
      try (Gatehouse gatehouse = Gatehouse.deploy(settings)) {
        assertThat(dns.asked()).as("there is no name").isZero();
        dns.means(1, "127.0.0.2", "169.254.169.254");
        String url = byName == null ? "" : byName.replace(" id=", "&id=");
        assertThat(order("default", "url=" + url)).isEqualTo(201);
        Await.until("it serves", () -> answer().equals("second"));
        assertThat(order("default/fixed/remove", "")).isEqualTo(200);
        assertThat(order("default/shop/drain", "")).isEqualTo(200);

        dns.means(1, "127.0.0.1", "127.0.0.2");
        Await.until("there are two", () -> ids().size() == 2);
        assertThat(Status.get(server).backends())
            .allMatch(each -> each.getString("standing").equals("DRAINING"));
        assertThat(order("default/shop@127.0.0.1/enable", "")).isEqualTo(200);
        assertThat(answer()).isEqualTo("first");
        assertThat(gatehouse.http()).isEqualTo(server.http());
      }
    }
  }

  private int order(String path, String form) throws IOException {
    String request =
        "POST /_proxy/backends/"
            + path
            + " HTTP/1.1\r\nHost: h\r\n"
            + Settings.ADMIN_LINE
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + form.length()
            + "\r\n\r\n"
            + form;
    try (RawClient client = RawClient.to(server.http())) {
      return client.exchange(request).status();
    }
  }

  private static Map<String, String> settings(DnsServer dns, int port) {
    Map<String, String> settings = new HashMap<>(Settings.of(List.of()));
    settings.put("proxy.backends", "http://" + NAME + ":" + port + " id=shop");
    settings.put("proxy.dns.servers", dns.address());
    settings.put("proxy.dns.allow", "127.0.0.0/8");
    settings.put("proxy.health.path", "/");
    return settings;
  }

  private String answer() throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/", Settings.KEY_LINE);
      return reply.status() == 200 ? reply.text() : "status " + reply.status();
    }
  }

  private List<String> ids() throws IOException {
    return Status.get(server).backends().stream().map(each -> each.getString("id")).toList();
  }

  private JsonObject shop() throws IOException {
    return Status.get(server).backend("shop");
  }
}
