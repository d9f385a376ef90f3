package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.Text.HOST;
import static dev.gatehouse.conformance.Text.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * C04 and C08: which of several pools a request goes to, however its path or host is spelt. Three
 * pools: {@code default} for p.test, {@code admin} for its paths below /admin, {@code shop} for
 * another host; there is none for other hosts.
 */
@ArquillianTest
@RunAsClient
@DisplayName("Catalogue C04, C08: rules on paths and hosts")
final class RoutingIT {
  private static final List<Origin> ORIGINS = new ArrayList<>();

  private static final String REFUSED = "400";

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    var unused =
        Gatehouse.deploy(
            Map.ofEntries(
                Map.entry("proxy.auth.mode", "none"),
                Map.entry("proxy.status.access", "off"),
                Map.entry("proxy.health.path", "/health"),
                Map.entry("proxy.route.site.host", "p.test"),
                Map.entry("proxy.route.site.pool", "site"),
                Map.entry("proxy.pool.site.backends", origin("site")),
                Map.entry("proxy.route.admin.host", "p.test"),
                Map.entry("proxy.route.admin.path", "/admin/*"),
                Map.entry("proxy.route.admin.pool", "admin"),
                Map.entry("proxy.pool.admin.backends", origin("admin")),
                Map.entry("proxy.route.shop.host", "shop.test, [::1], xn--bcher-kva.test"),
                Map.entry("proxy.route.shop.pool", "shop"),
                Map.entry("proxy.pool.shop.backends", origin("shop"))));
  }

  @AfterAll
  static void stop() {
    ORIGINS.forEach(Origin::close);
  }

  /** An origin that says who it is and what it was asked for. */
  private static String origin(String name) {
    Origin origin = Origin.answering(seen -> Script.ok(name + " " + seen.target()));
    ORIGINS.add(origin);
    return origin.url().toString();
  }

  @ParameterizedTest(name = "C04 {0} -> {1}")
  @CsvSource({
    "/admin, admin",
    "/admin/, admin",
    "/admin/x, admin",
    "/administrator, site",
    "/a/admin, site",
    "/ADMIN, site",
    "/%61dmin, admin",
    "/%61dmin/x, admin",
    "/%41dmin, site",
    "/admin;x, admin",
    "/admin;x/y, admin",
    "/admin%2e, site",
    "/a/../admin, 400",
    "/a/./admin, 400",
    "/a/%2e%2e/admin, 400",
    "/a/%2E./admin, 400",
    "/a/..;/admin, 400",
    "/a/..;x=y/admin, 400",
    "/a/..%2fadmin, 400",
    "/a%2f..%2fadmin, 400",
    "/a/..%5cadmin, 400",
    "/a//admin, 400",
    "//admin, 400",
    "/;x/admin, 400",
    "/a\\admin, 400",
    "/\\admin, 400",
    "/%5Cadmin, 400",
    "/admin%00, 400",
    "/%00/admin, 400",
    "/admin%0a, 400",
    "/%c0%afadmin, 400",
    "/a/%c0%ae%c0%ae/admin, 400",
    "/%u0061dmin, 400",
  })
  void aRuleAndTheBackendSeeTheSamePath(String target, String pool) throws Exception {
    assertThat(poolOf(target, HOST))
        .isEqualTo(pool.equals(REFUSED) ? REFUSED : pool + " " + target);
  }

  @ParameterizedTest(name = "C08 Host {0} -> {1}")
  @CsvSource({
    "p.test, site",
    "P.Test, site",
    "p.test., site",
    "p.test:80, site",
    "p.test:8443, site",
    "shop.test, shop",
    "SHOP.TEST.:443, shop",
    "[::1], shop",
    "[::1]:8080, shop",
    "[0:0:0:0:0:0:0:1], shop",
    "[0000::0001], shop",
    "xn--bcher-kva.test, shop",
    "XN--BCHER-KVA.TEST, shop",
    "other.test, 404",
    "test, 404",
    "a.p.test, 404",
    "p.test.evil, 404",
    "127.0.0.1, 404",
    "p.test@shop.test, 400",
    "'p.test, shop.test', 400",
    "p.test:80:80, 400",
    "p..test, 400",
  })
  void equalHostsHaveTheSameRouteAndOthersHaveNone(String host, String pool) throws Exception {
    String answer = poolOf("/c08", "Host: " + host);
    if (pool.equals("404")) {
      assertThat(answer).isIn("404", "421");
    } else {
      assertThat(answer).isEqualTo(pool.equals(REFUSED) ? REFUSED : pool + " /c08");
    }
  }

  /** The pool that answered and what it was asked for, or our own status. */
  private static String poolOf(String target, String host) throws Exception {
    List<Seen> before = seen();
    try (RawClient client = Front.client()) {
      Reply reply = client.exchange(head("GET " + target + " HTTP/1.1", host));
      List<Seen> seen = new ArrayList<>(seen());
      seen.removeAll(before);
      seen.forEach(Clean::check);
      assertThat(seen).hasSize(reply.status() == 200 ? 1 : 0);
      return reply.status() == 200 ? reply.text() : Integer.toString(reply.status());
    }
  }

  private static List<Seen> seen() {
    return ORIGINS.stream()
        .flatMap(origin -> origin.seen().stream())
        .filter(seen -> !seen.target().equals("/health"))
        .toList();
  }
}
