package dev.gatehouse.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ProxyConfig.Match;
import dev.gatehouse.config.ProxyConfig.Route;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private static final List<Route> ROUTES =
      List.of(
          route("shop", "/*", "shop.example", "[0:0:0:0:0:0:0:1]"),
          route("shops", "/*", "*.shop.example"),
          route("deep", "/*", "*.deep.shop.example"),
          route("blog", "/*", "blog.example", "xn--grn-4cd.example"),
          route("cart", "/cart/*", "shop.example"),
          route("alone", "/cart", "shop.example"),
          route("slash", "/cart/", "shop.example"),
          route("api", "/api/*"),
          route("v2", "/api/v2/*", "*.shop.example"));

  private final RouteTable table = new RouteTable(ROUTES);

  @ParameterizedTest(name = "{0}{1} -> {2}")
  @CsvSource({
    "shop.example, /, shop",
    "shop.example, /x/y, shop",
    "[0:0:0:0:0:0:0:1], /, shop",
    "blog.example, /, blog",
    "xn--grn-4cd.example, /, blog",
    "a.shop.example, /, shops",
    "a.b.shop.example, /, shops",
    "a.deep.shop.example, /, deep",
    "deep.shop.example, /, shops",
    "other.example, /, NO_PATH", // the API is for any host
    "ashop.example, /, NO_PATH",
    "'', /, NO_PATH",
    "'', /api, api",
    "shop.example, /cart, alone",
    "shop.example, /cart/, slash",
    "shop.example, /cart/x, cart",
    "shop.example, /cart//x, cart",
    "shop.example, /cart/.., cart",
    "shop.example, /carts, shop",
    "shop.example, /cart;a/x, shop",
    "shop.example, /Cart, shop",
    "shop.example, /%63art, shop",
    "blog.example, /cart, blog",
    "shop.example, /api, api", // the longer path comes before the exact host
    "other.example, /api/v2/x, api",
    "a.shop.example, /api/v2/x, v2",
    "a.shop.example, /api/v3, api",
    "shop.example, *, NO_PATH",
  })
  void theLongestPathAndThenTheClosestHostIsChosen(String host, String path, String expected) {
    assertThat(name(table.choose(host, path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example", "ashop.example", "shop.example.org", "[0:0:0:0:0:0:0:2]", ""})
  void whereRoutesNameTheirHostsNoOtherHostHasOne(String host) {
    var named = new RouteTable(ROUTES.subList(0, 7));
    assertThat(named.choose(host, "/cart/x")).isEqualTo(RouteChoice.Nowhere.NO_HOST);
  }

  @Test
  void anUnknownPathOfAKnownHostIsNotFoundAndAnUnknownHostIsMisdirected() {
    var one = new RouteTable(List.of(route("cart", "/cart/*", "shop.example")));

    assertThat(one.choose("shop.example", "/x")).isEqualTo(RouteChoice.Nowhere.NO_PATH);
    assertThat(one.choose("", "/cart/x")).isEqualTo(RouteChoice.Nowhere.NO_HOST);
    assertThat(RouteChoice.Nowhere.NO_PATH.status()).isEqualTo(404);
    assertThat(RouteChoice.Nowhere.NO_HOST.status()).isEqualTo(421);
  }

  @Test
  void routesAreListedInTheOrderInWhichTheyAreTried() {
    assertThat(table.routes())
        .extracting(Route::id)
        .containsExactly("v2", "slash", "alone", "cart", "api", "blog", "shop", "deep", "shops");
  }

  private static Route route(String id, String path, String... hosts) {
    return new Route(id, new Match(path, List.of(hosts)), "", false, Optional.empty(), "pool");
  }

  private static String name(RouteChoice choice) {
    return choice instanceof RouteChoice.Along along ? along.route().id() : choice.toString();
  }
}
