package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which backends a request reaches, by host and path: C06 and C08 of the catalogue. */
@ArquillianTest
@RunAsClient
@DisplayName("Routing")
final class RoutingIT {
  private static final Backend SHOP = new Backend(seen -> Script.ok("shop " + seen.target()));
  private static final Backend BLOG = new Backend(seen -> Script.ok("blog " + seen.target()));

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(SHOP));
    settings.remove("proxy.backends");
    settings.put("proxy.pool.shop.backends", SHOP.url().toString());
    settings.put("proxy.pool.blog.backends", BLOG.url().toString());
    settings.put("proxy.pool.blog.health.interval", "250ms");
    settings.put("proxy.route.shop.host", "shop.example, xn--grn-4cd.example");
    settings.put("proxy.route.blog.host", "blog.example, *.blog.example, [::1], 127.0.0.1");
    settings.put("proxy.route.part.host", "shop.example, part.example");
    settings.put("proxy.route.part.path", "/p/*");
    settings.put("proxy.route.part.prefix", "/p");
    settings.put("proxy.route.part.pool", "blog");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    SHOP.close();
    BLOG.close();
  }

  @ParameterizedTest(name = "C08 {0} -> {1}")
  @CsvSource({
    "shop.example, shop",
    "SHOP.Example, shop",
    "shop.example., shop",
    "shop.example:80, shop",
    "Shop.EXAMPLE.:8080, shop",
    "xn--grn-4cd.example, shop",
    "XN--GRN-4CD.example, shop",
    "blog.example, blog",
    "BLOG.example.:443, blog",
    "a.blog.example, blog",
    "A.b.Blog.example, blog",
    "[::1], blog",
    "[::1]:8080, blog",
    "[0:0:0:0:0:0:0:1], blog",
    "127.0.0.1, blog",
  })
  void equalHostsReachTheSamePool(String host, String pool) throws Exception {
    Reply reply = ask(host, "/c08");
    assertThat(reply.text()).isEqualTo(pool + " /c08");
  }

  @ParameterizedTest(name = "C08 {0} -> 421")
  @ValueSource(
      strings = {
        "other.example",
        "example",
        "ashop.example",
        "shop.example.evil.example",
        "a.shop.example",
        "shop-example",
        "[::2]",
        "127.0.0.2",
      })
  void aHostOfNoRouteReachesNothing(String host) throws Exception {
    int before = SHOP.requests().size() + BLOG.requests().size();
    Reply reply = ask(host, "/p/c08");
    assertThat(reply.status()).isEqualTo(421); // RFC 9110 §15.5.20
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(SHOP.requests().size() + BLOG.requests().size()).isEqualTo(before);
  }

  @Test
  @DisplayName("C08 HTTP/2, whose authority is no field")
  void theAuthorityOfHttp2IsTheHost() throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(server.trust())
            .build();
    URI target = server.https().resolve("/c08-h2");
    HttpRequest.Builder request = HttpRequest.newBuilder(target).header("X-API-Key", Settings.KEY);
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(response.body()).isEqualTo("blog /c08-h2");
  }

  @ParameterizedTest(name = "C06 {0}{1} -> {2}")
  @CsvSource({
    "shop.example, /p, blog /",
    "shop.example, /p/, blog /",
    "shop.example, /p/x?y=/p, blog /x?y=/p",
    "shop.example, /p/p/x, blog /p/x",
    "shop.example, /p?y, blog /?y",
    "shop.example, /pX, shop /pX",
    "shop.example, /P/x, shop /P/x",
    "shop.example, /x/p/y, shop /x/p/y",
    "part.example, /p/x, blog /x",
  })
  void aPrefixIsTakenOffAsAWholeSegment(String host, String target, String expected)
      throws Exception {
    assertThat(ask(host, target).text()).isEqualTo(expected);
  }

  /** A container or the guard may refuse these; whoever does not must read them as they stand. */
  @ParameterizedTest(name = "C06 {0}{1} -> {2}, 400 or 404")
  @CsvSource({
    "shop.example, /p//x, blog //x",
    "shop.example, /p/.., blog /..",
    "shop.example, /p;a/x, shop /p;a/x",
    "shop.example, /%70/x, shop /%70/x",
  })
  void aPathThatCanBeReadInTwoWaysIsTakenAsItStandsOrRefused(
      String host, String target, String expected) throws Exception {
    Reply reply = ask(host, target);
    if (reply.status() != 400 && reply.status() != 404) { // the prefix has another spelling: 404
      assertThat(reply.text()).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "C06 part.example{0} -> 404")
  @ValueSource(strings = {"/", "/pX", "/px/y", "/P/x", "/x/p/"})
  void aPathOfNoRouteIsNotFound(String path) throws Exception {
    int before = BLOG.requests().size();
    assertThat(ask("part.example", path).status()).isEqualTo(404);
    assertThat(BLOG.requests()).hasSize(before);
  }

  @Test
  void ourOwnPagesNeedNoRoute() throws Exception {
    Reply reply = ask("other.example", "/_proxy/status.json");
    assertThat(reply.status()).isEqualTo(401); // the key is for traffic only
    assertThat(Status.get(server).json().getJsonArray("pools"))
        .extracting(JsonValue::asJsonObject)
        .extracting(pool -> pool.getString("id") + " " + pool.getJsonArray("backends").size())
        .containsExactly("blog 1", "shop 1");
  }

  @Test
  void theLogHasTheRoutes() {
    assertThat(server.log())
        .contains("Route part: /p/* at shop.example, part.example goes to pool blog, less the")
        .contains("Route shop: /* at shop.example, xn--grn-4cd.example goes to pool shop");
  }

  private Reply ask(String host, String target) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.exchange(
          "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + Settings.KEY_LINE + "\r\n\r\n");
    }
  }
}
