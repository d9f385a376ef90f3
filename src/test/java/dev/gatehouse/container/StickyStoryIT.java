package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which backend a request finds by policy, and how a client stays with its own. */
@ArquillianTest
@RunAsClient
@DisplayName("Policies and sticky clients")
final class StickyStoryIT {
  private static final String COOKIE = "PXROUTE";

  private final ServerUnderTest server = ServerUnderTest.current();
  private final List<Backend> backends =
      IntStream.range(0, 3).mapToObj(i -> new Backend(seen -> Script.ok("served"))).toList();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeEach
  void answerWithACookieOfItsOwn() {
    backends.forEach(each -> each.answer(seen -> Script.ofStatus(200, "Set-Cookie: own=1")));
  }

  @AfterEach
  void stop() {
    backends.forEach(Backend::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"roundRobin", "weighted", "leastRequests"})
  void sharesAreExactOneRequestAfterTheOther(String policy) throws Exception {
    try (Gatehouse gatehouse = deploy(Map.of("proxy.lb.policy", policy));
        RawClient client = RawClient.to(gatehouse.http())) {
      for (int i = 0; i < 30; i++) {
        assertThat(client.get("/", Settings.KEY_LINE).status()).isEqualTo(200);
        Status.awaitNothingInFlight(server); // a lease ends shortly after the last byte
      }
      assertThat(backends).allMatch(backend -> backend.requests().size() == 10);
      assertThat(
              Status.get(server).json().getJsonArray("pools").getJsonObject(0).getString("policy"))
          .isEqualTo(policy);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"p2c", "leastTime", "random"})
  void eachBackendHasAShare(String policy) throws Exception {
    try (Gatehouse gatehouse = deploy(Map.of("proxy.lb.policy", policy));
        RawClient client = RawClient.to(gatehouse.http())) {
      Await.until(
          "all served",
          () -> {
            assertThat(client.get("/", Settings.KEY_LINE).status()).isEqualTo(200);
            return backends.stream().noneMatch(backend -> backend.requests().isEmpty());
          });
    }
  }

  @Test
  void theFirstHasAllUntilItIsGone() throws Exception {
    try (Gatehouse gatehouse = deploy(Map.of("proxy.lb.policy", "first"));
        RawClient client = RawClient.to(gatehouse.http())) {
      for (int i = 0; i < 5; i++) {
        assertThat(backendOf(client.get("/", Settings.KEY_LINE))).isEqualTo("node0");
      }
      backends.get(0).stop();
      assertThat(backendOf(client.get("/", Settings.KEY_LINE))).isEqualTo("node1");
    }
  }

  @Test
  void equalKeysFindTheSameBackend() throws Exception {
    var settings = Map.of("proxy.lb.policy", "hash", "proxy.lb.hashKey", "header:X-Tenant");
    try (Gatehouse gatehouse = deploy(settings);
        RawClient client = RawClient.to(gatehouse.http())) {
      Set<String> all = new HashSet<>();
      for (int tenant = 0; tenant < 30; tenant++) {
        Set<String> found = new HashSet<>();
        for (int i = 0; i < 3; i++) {
          found.add(backendOf(client.get("/", Settings.KEY_LINE, "X-Tenant: " + tenant)));
        }
        assertThat(found).hasSize(1);
        all.addAll(found);
      }
      assertThat(all).hasSize(3);
    }
  }

  @Test
  void theAddressIsHashedWithoutTheHeaderAndTheUriWithItsQuery() throws Exception {
    var settings = Map.of("proxy.lb.policy", "hash", "proxy.lb.hashKey", "cookie:tenant");
    try (Gatehouse gatehouse = deploy(settings);
        RawClient client = RawClient.to(gatehouse.http())) {
      Set<String> found = new HashSet<>();
      for (int i = 0; i < 9; i++) {
        found.add(backendOf(client.get("/" + i, Settings.KEY_LINE)));
      }
      assertThat(found).hasSize(1);
    }
    try (Gatehouse gatehouse =
            deploy(Map.of("proxy.lb.policy", "hash", "proxy.lb.hashKey", "uri"));
        RawClient client = RawClient.to(gatehouse.http())) {
      Set<String> found = new HashSet<>();
      for (int i = 0; i < 30; i++) {
        found.add(backendOf(client.get("/?" + i, Settings.KEY_LINE)));
      }
      assertThat(found).hasSize(3);
    }
  }

  @Test
  void theCookieLeadsBackAndIsNotTheBackendsBusiness() throws Exception {
    try (Gatehouse gatehouse = deploy(Map.of("proxy.lb.sticky", "cookie"));
        RawClient client = RawClient.to(gatehouse.http())) {
      Reply first = client.get("/", Settings.KEY_LINE);
      List<String> set = first.headers("Set-Cookie");
      assertThat(set).hasSize(2).contains("own=1");
      String ours = set.get(set.get(0).startsWith(COOKIE) ? 0 : 1);
      assertThat(ours).matches(COOKIE + "=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
      String cookie = ours.substring(0, ours.indexOf(';'));
      for (int i = 0; i < 6; i++) {
        Reply next = client.get("/again", Settings.KEY_LINE, "Cookie: a=1; " + cookie + "; own=1");
        assertThat(backendOf(next)).isEqualTo(backendOf(first));
        assertThat(next.headers("Set-Cookie")).containsExactly("own=1");
      }
      Seen seen = byName(backendOf(first)).request("/again");
      assertThat(seen.headers("Cookie")).containsExactly("a=1; own=1");
      Reply alone = client.get("/alone", Settings.KEY_LINE, "Cookie: " + cookie);
      assertThat(byName(backendOf(alone)).request("/alone").headers("Cookie")).isEmpty();
    }
  }

  @Test
  void overTlsTheCookieIsForTlsOnly() throws Exception {
    try (Gatehouse gatehouse = deploy(Map.of("proxy.lb.sticky", "cookie"));
        RawClient client = RawClient.tls(gatehouse.https().getPort())) {
      assertThat(client.get("/", Settings.KEY_LINE).headers("Set-Cookie"))
          .anyMatch(each -> each.startsWith(COOKIE) && each.contains("; Secure; HttpOnly"));
    }
  }

  @Test
  void aForgedCookieIsAsGoodAsNone() throws Exception {
    try (Gatehouse gatehouse = deploy(Map.of("proxy.lb.sticky", "cookie"));
        RawClient client = RawClient.to(gatehouse.http())) {
      Set<String> found = new HashSet<>();
      for (String forged : List.of("x", backends.get(0).authority(), "A".repeat(43))) {
        Reply reply = client.get("/", Settings.KEY_LINE, "Cookie: " + COOKIE + "=" + forged);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers("Set-Cookie")).hasSize(2);
        found.add(backendOf(reply));
      }
      assertThat(found).hasSize(3);
    }
  }

  @Test
  void anAnswerThatSharedCachesKeepCarriesNobodysCookie() throws Exception {
    backends.forEach(
        each -> each.answer(seen -> Script.ofStatus(200, "Cache-Control: max-age=60, Public")));
    try (Gatehouse gatehouse = deploy(Map.of("proxy.lb.sticky", "cookie"));
        RawClient client = RawClient.to(gatehouse.http())) {
      assertThat(client.get("/logo.png", Settings.KEY_LINE).headers("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void whenItsBackendDiesTheClientMovesOnceAndStaysThere() throws Exception {
    try (Gatehouse gatehouse = deploy(Map.of("proxy.lb.sticky", "cookie"));
        RawClient client = RawClient.to(gatehouse.http())) {
      Reply first = client.get("/", Settings.KEY_LINE);
      byName(backendOf(first)).stop();
      Reply moved = client.get("/", Settings.KEY_LINE, "Cookie: " + cookie(first));
      assertThat(moved.status()).isEqualTo(200);
      assertThat(backendOf(moved)).isNotEqualTo(backendOf(first));
      for (int i = 0; i < 4; i++) {
        Reply next = client.get("/", Settings.KEY_LINE, "Cookie: " + cookie(moved));
        assertThat(backendOf(next)).isEqualTo(backendOf(moved));
        assertThat(next.headers("Set-Cookie")).containsExactly("own=1");
      }
    }
  }

  @Test
  void withASecretTheCookieHoldsOverARestart() throws Exception {
    var settings =
        Map.of("proxy.lb.sticky", "cookie", "proxy.lb.stickySecret", "a secret of ours, shared");
    Reply first;
    try (Gatehouse gatehouse = deploy(settings);
        RawClient client = RawClient.to(gatehouse.http())) {
      assertThat(client.get("/", Settings.KEY_LINE).status()).isEqualTo(200);
      first = client.get("/", Settings.KEY_LINE);
    }
    try (Gatehouse gatehouse = deploy(settings);
        RawClient client = RawClient.to(gatehouse.http())) {
      Reply next = client.get("/", Settings.KEY_LINE, "Cookie: " + cookie(first));
      assertThat(backendOf(next)).isEqualTo(backendOf(first));
    }
  }

  @Test
  void theSessionsRouteLeadsBackByCookieOrPath() throws Exception {
    try (Gatehouse gatehouse = deploy(Map.of("proxy.lb.sticky", "jvmRoute"));
        RawClient client = RawClient.to(gatehouse.http())) {
      for (int i = 0; i < 4; i++) {
        Reply byCookie =
            client.get("/cart", Settings.KEY_LINE, "Cookie: a=1; JSESSIONID=8A1F.node2");
        assertThat(backendOf(byCookie)).isEqualTo("node2");
        Reply byPath = client.get("/cart;jsessionid=8A1F.node1", Settings.KEY_LINE);
        assertThat(backendOf(byPath)).isEqualTo("node1");
        assertThat(byPath.headers("Set-Cookie")).containsExactly("own=1");
      }
      assertThat(backends.get(2).request("/cart").headers("Cookie"))
          .containsExactly("a=1; JSESSIONID=8A1F.node2");
      backends.get(2).stop();
      Reply moved = client.get("/cart", Settings.KEY_LINE, "Cookie: JSESSIONID=8A1F.node2");
      assertThat(moved.status()).isEqualTo(200);
      assertThat(backendOf(moved)).isNotEqualTo("node2");
    }
  }

  /** Three backends, node0 to node2, checked once. */
  private Gatehouse deploy(Map<String, String> more) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < backends.size(); i++) {
      list.append(i == 0 ? "" : ", ").append(backends.get(i).url()).append(" id=node").append(i);
    }
    Map<String, String> settings =
        Settings.with(Settings.of(List.of()), "proxy.backends", list.toString());
    settings.put("proxy.health.interval", "1h");
    settings.putAll(more);
    return Gatehouse.deploy(settings);
  }

  private static String backendOf(Reply reply) {
    return reply.header("X-Backend-Server").orElse("none");
  }

  private Backend byName(String name) {
    return backends.get(Integer.parseInt(name.substring("node".length())));
  }

  private static String cookie(Reply reply) {
    String ours =
        reply.headers("Set-Cookie").stream()
            .filter(each -> each.startsWith(COOKIE))
            .findFirst()
            .orElseThrow();
    return ours.substring(0, ours.indexOf(';'));
  }
}
