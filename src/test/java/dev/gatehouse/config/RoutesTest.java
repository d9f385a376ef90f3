package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.config.ProxyConfig.Match;
import dev.gatehouse.config.ProxyConfig.Route;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

  @Test
  void twoHostsMayHaveTwoPools() {
    var given = twoPools();
    given.context("proxy.route.shop.host", "Shop.Example., *.shop.example, [::1]");
    given.context("proxy.route.blog.host", "blog.example").context("proxy.prefix", "/");

    assertThat(given.config().routes())
        .containsExactly(
            new Route(
                "blog",
                new Match("/*", List.of("blog.example")),
                "",
                false,
                Optional.empty(),
                "blog"),
            new Route(
                "shop",
                new Match("/*", List.of("shop.example", "*.shop.example", "[0:0:0:0:0:0:0:1]")),
                "",
                false,
                Optional.empty(),
                "shop"));
    assertThat(given.config().pools()).extracting(PoolConfig::id).containsExactly("blog", "shop");
  }

  @Test
  void backendsAloneTakeWhatNoRouteIsFor() {
    var given = Given.valid().context("proxy.route.api.path", "/shop/api/*");

    assertThat(given.config().routes())
        .extracting(Route::id, Route::poolId, route -> route.match().path())
        .containsExactly(tuple("api", "default", "/shop/api/*"), tuple("default", "default", "/*"));
  }

  @Test
  void withoutThemNothingElseIsForwarded() {
    var given = bare().context("proxy.pool.shop.backends", "http://a");
    given.context("proxy.route.shop.path", "/shop/*");

    assertThat(given.config().routes()).extracting(Route::id).containsExactly("shop");
    assertThat(given.config().pools()).extracting(PoolConfig::id).containsExactly("shop");
  }

  @Test
  void aRouteSaysMoreThanWhatHoldsForAll() {
    var given = twoPools().context("proxy.preserveHost", "on").context("proxy.hostHeader", "a");
    given.context("proxy.route.shop.path", "/shop/x/*").context("proxy.route.blog.path", "/*");
    given
        .context("proxy.route.shop.prefix", "/shop/x/")
        .context("proxy.route.shop.hostHeader", "b");
    given.context("proxy.route.shop.preserveHost", "off").context("proxy.route.shop.pool", "BLOG");
    given.context("proxy.route.blog.pool", "shop");

    assertThat(given.config().routes())
        .containsExactly(
            new Route("blog", Match.ALL, "/shop", true, Optional.of("a"), "shop"),
            new Route(
                "shop",
                new Match("/shop/x/*", List.of()),
                "/shop/x",
                false,
                Optional.of("b"),
                "blog"));
  }

  @Test
  void aRouteThatKeepsTheClientsHostHasNoOtherUnlessItSaysSoItself() {
    var given = twoPools().context("proxy.hostHeader", "a").context("proxy.route.blog.path", "/*");
    given.context("proxy.route.shop.path", "/shop/x/*");
    given.context("proxy.route.shop.preserveHost", "on");
    assertThat(given.config().routes())
        .extracting(Route::id, Route::preserveHost, Route::hostHeader)
        .containsExactly(
            tuple("blog", false, Optional.of("a")), tuple("shop", true, Optional.empty()));

    given.context("proxy.route.shop.hostHeader", "b");
    assertThat(given.config().routes().get(1).hostHeader()).contains("b");
  }

  @Test
  void aPoolSaysMoreThanWhatHoldsForAll() {
    var given =
        twoPools().context("proxy.health.interval", "2s").context("proxy.retry.on", "reset");
    given.context("proxy.route.shop.path", "/shop/*").context("proxy.route.blog.path", "/*");
    given.context("proxy.pool.shop.health.path", "/up").context("proxy.health.path", "/ok");
    given.context("proxy.pool.shop.health.interval", "500ms");
    given.context("proxy.pool.shop.health.maxFailures", "7");
    given.context("proxy.pool.shop.retry.maxRetries", "0");
    given.context("proxy.pool.shop.retry.on", "connect");
    given.context("proxy.pool.shop.lb.policy", "roundRobin");

    List<PoolConfig> pools = given.config().pools();

    PoolConfig.Health first = pools.get(0).health();
    assertThat(first.path()).isEqualTo("/ok");
    assertThat(first.interval()).hasSeconds(2);
    assertThat(first.timeout()).hasSeconds(1);
    assertThat(first.maxFailures()).isEqualTo(3);
    assertThat(pools.get(0).retry().maxRetries()).isEqualTo(1);
    assertThat(pools.get(0).retry().on()).containsExactly(PoolConfig.RetryOn.RESET);
    PoolConfig.Health second = pools.get(1).health();
    assertThat(second.path()).isEqualTo("/up");
    assertThat(second.interval()).hasMillis(500);
    assertThat(second.timeout()).hasMillis(500);
    assertThat(second.maxFailures()).isEqualTo(7);
    assertThat(pools.get(1).retry().maxRetries()).isZero();
    assertThat(pools.get(1).retry().on()).containsExactly(PoolConfig.RetryOn.CONNECT);
  }

  @Test
  void theDefaultPoolIsAPoolLikeOthers() {
    var given = Given.valid().context("proxy.pool.default.health.path", "/up");
    assertThat(given.config().pools().get(0).health().path()).isEqualTo("/up");

    given = bare().context("proxy.pool.default.backends", "http://a");
    given.context("proxy.route.shop.path", "/shop/*");
    assertThat(given.config().routes()).extracting(Route::poolId).containsExactly("default");
  }

  @Test
  void theEnvironmentNamesThemInCapitals() {
    var given = bare().environment("PROXY_ROUTE_SHOP_PATH", "/shop/*");
    given.environment("PROXY_POOL_MY_SHOP_BACKENDS", "http://a");
    given.environment("PROXY_ROUTE_SHOP_POOL", "my-shop");
    given.environment("PROXY_POOL_MY_SHOP_HEALTH_MAXFAILURES", "9");

    assertThat(given.config().routes()).extracting(Route::poolId).containsExactly("my-shop");
    assertThat(given.config().pools().get(0).health().maxFailures()).isEqualTo(9);
    assertThat(given.load().notes()).isEmpty();
  }

  @Test
  void anIdIsTheSameInWhateverSpellingAndShownAsWritten() {
    var given = bare().context("proxy.pool.My_Shop.backends", "http://a");
    given.environment("PROXY_POOL_MY_SHOP_HEALTH_PATH", "/up");
    given.system("proxy.route.blueGreen.pool", "my-shop").environment("PROXY_ROUTE_X_HOST", "");
    given.environment("PROXY_ROUTE_BLUEGREEN_PATH", "/shop/*");

    assertThat(given.config().pools().get(0).id()).isEqualTo("My_Shop");
    assertThat(given.config().pools().get(0).health().path()).isEqualTo("/up");
    assertThat(given.config().routes().toString())
        .startsWith("[Route[id=blueGreen, match=Match[path=/shop/*")
        .endsWith("poolId=My_Shop]]");

    given.context("proxy.pool.my-shop.backends", "http://b");
    assertThat(given.problem())
        .isEqualTo(
            "proxy.pool.my-shop.backends (context-param proxy.pool.My_Shop.backends): also given as"
                + " context-param; keep one of them");
  }

  @Test
  void everySourceServes() {
    var given = bare().context("proxy.config", "/WEB-INF/p.properties");
    given.insideWar.put("/WEB-INF/p.properties", "proxy.pool.a.backends=http://a,http://b");
    given.init("servlet proxy", "proxy.route.a.path", "/shop/*");
    given.context("proxy.instance", "i").system("proxy@i.route.a.path", "/shop/x");
    given.environment("PROXY_I_POOL_A_BACKENDS", "http://c");
    given.environment("PROXY_OTHER_POOL_A_BACKENDS", "http://d");

    assertThat(given.config().routes().get(0).match().path()).isEqualTo("/shop/x");
    assertThat(given.config().pools().get(0).backends())
        .extracting(PoolConfig.Backend::id)
        .containsExactly("c");
    assertThat(given.load().notes()).isEmpty();
  }

  @ParameterizedTest(name = "{0} = {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "proxy.route.x.path | shop/* | write a path such as /shop/* (all that lies there) or /shop"
            + " (that path alone)",
        "proxy.route.x.path | /shop* | write a path such as /shop/* (all that lies there) or /shop"
            + " (that path alone)",
        "proxy.route.x.path | /*/shop/* | write a path such as /shop/* (all that lies there) or"
            + " /shop (that path alone)",
        "proxy.route.x.path | /shop?a | write a path such as /shop/* (all that lies there) or"
            + " /shop (that path alone)",
        "proxy.route.x.path | /shop/%61/* | write it as routes see it: /shop/a/*",
        "proxy.route.x.path | /shop/a;b | write it as routes see it: /shop/a",
        "proxy.route.x.path | /shop/../a | the front refuses such a path; see proxy.guard.paths",
        "proxy.route.x.path | /other/* | lies outside of /shop, where this application is",
        "proxy.route.x.path | /shopper | lies outside of /shop, where this application is",
        "proxy.route.x.pool | a b | write a name of letters, digits, - and _",
        "proxy.route.x.pool | dfault | there is no such pool: write default",
        "proxy.route.x.preserveHost | yes | write true or false (or on, off)",
        "proxy.route.x.hostHeader | a/b | write a host name of letters, digits, dots and hyphens",
        "proxy.route.default.prefix | api | write a path that starts with / and has no blank, ? or #",
        "proxy.pool.default.health.path | up | write a path that starts with / and has no blank, ?"
            + " or #",
        "proxy.pool.default.health.maxFailures | 0 | write a whole number from 1 to 100",
        "proxy.pool.default.health.interval | 1 | must be 100ms or more; a bare number is"
            + " milliseconds: write 10s for ten seconds",
        "proxy.pool.default.health.timeout | 5s | must not be longer than proxy.health.interval,"
            + " which is 1s",
        "proxy.pool.default.retry.on | 500 | write a list of connect, reset, timeout, 502, 503, 504",
        "proxy.pool.default.lb.policy | fastest | write roundRobin or weighted or leastRequests or p2c or leastTime or hash or random or first",
      })
  void aBadValueIsAProblemThatSaysWhatWouldBeRight(String name, String value, String reason) {
    var given = Given.valid().context("proxy.route.x.host", "x.example").context(name, value);
    assertThat(given.problem()).isEqualTo(name + " = " + value + " (context-param): " + reason);
  }

  @ParameterizedTest
  @CsvSource({
    "*",
    "a.example:80",
    "http://a.example",
    "::1",
    "[::1]:80",
    "[::g]",
    "*.[::1]",
    "a..b",
    "*.*.b",
    "größe.example",
    "a b",
    "*a.example",
    "[fe80::1%eth0]",
    "a.example/x",
    ".",
  })
  void aHostThatNoRequestCanHaveIsAProblem(String host) {
    assertThat(Given.valid().context("proxy.route.x.host", "a.example, " + host).problem())
        .isEqualTo(
            "proxy.route.x.host = "
                + host
                + " (context-param): write host names such as example.com, *.example.com or"
                + " [2001:db8::1], without ports; international ones as xn--...");
  }

  @ParameterizedTest(name = "{0} less {1}: {2}")
  @CsvSource({
    "/shop/*, /shop, true",
    "/shop/a/*, /shop/a, true",
    "/shop/a/*, /shop/a/b/, true",
    "/shop/a, /shop/a, true",
    "/shop/a/, /shop/a, true",
    "/shop/a, /shop, true",
    "/shop/a/*, /, true",
    "/*, /any, true",
    "/shop/a/*, /shop/b, false",
    "/shop/a/*, /a, false",
    "/shop/ab/*, /shop/a, false",
    "/shop/a, /shop/a/b, false",
  })
  void aPrefixMustFitItsRoute(String path, String prefix, boolean fits) {
    var given = bare().context("proxy.pool.x.backends", "http://a");
    given.context("proxy.route.x.path", path).context("proxy.route.x.prefix", prefix);
    if (fits) {
      assertThat(given.load().notes()).isEmpty();
      return;
    }
    assertThat(given.problem())
        .isEqualTo(
            "proxy.route.x.prefix = "
                + prefix
                + " (context-param): no path of route x, which is for "
                + path
                + ", starts with it");
  }

  @Test
  void twoRoutesDifferInHostOrPath() {
    var given = Given.valid().context("proxy.route.a.host", "A.example, b.example");
    given.context("proxy.route.b.host", "*.a.example").context("proxy.route.c.path", "/shop");
    assertThat(given.load().notes()).isEmpty();

    given.context("proxy.route.b.host", "c.example, a.example., B.example");
    given.context("proxy.route.c.path", "/*");
    assertThat(given.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "proxy.route.b.path = /* (default): route a has the same path for a.example; change"
                + " one",
            "proxy.route.default.path = /* (default): route c has the same path for any host;"
                + " change one");
  }

  @Test
  void aRouteNeedsAPoolAndAPoolARoute() {
    var given = bare().context("proxy.pool.shpo.backends", "http://a");
    given.context("proxy.route.shop.path", "/shop/*");
    assertThat(given.problem())
        .isEqualTo("proxy.route.shop.pool: required, as no pool has the route's id: write shpo");

    String unused = "no route uses this pool: name it in a proxy.route.<id>.pool, or take it out";
    given.context("proxy.backends", "http://b"); // a slip must not send the shop elsewhere
    assertThat(given.problem()).isEqualTo("proxy.pool.shpo.backends: " + unused);

    given = bare().context("proxy.pool.shop.backends", "http://a");
    assertThat(given.problem()).isEqualTo("proxy.pool.shop.backends: " + unused);

    given.context("proxy.backends", "http://a").context("proxy.route.default.pool", "shop");
    assertThat(given.problem()).isEqualTo("proxy.backends: " + unused);
  }

  @Test
  void backendsAreGivenOnceForEachPool() {
    var given = Given.valid().context("proxy.pool.default.backends", "http://a");
    assertThat(given.problem())
        .isEqualTo(
            "proxy.pool.default.backends = http://a (context-param): the same pool's backends are"
                + " in proxy.backends too; keep one of them");

    given = Given.valid().context("proxy.pool.a.health.path", "/up");
    given.context("proxy.route.a.path", "/shop/a");
    assertThat(given.problem())
        .isEqualTo(
            "proxy.pool.a.backends: required: write one or more URLs, such as"
                + " http://127.0.0.1:8080");
  }

  @Test
  void theProblemsOfAllAreReportedTogetherAndEachOnce() {
    var given = twoPools().context("proxy.health.interval", "x").context("proxy.retry.on", "y");
    given.context("proxy.route.shop.host", "a:1").context("proxy.route.blog.path", "b");
    given.context("proxy.pool.shop.backends", "a").context("proxy.pool.blog.backends", "b");
    given.context("proxy.pool.blog.health.timeout", "${NONE}").context("proxy.rout.a.path", "c");

    assertThat(given.problems())
        .extracting(Problem::name)
        .containsExactly(
            "proxy.rout.a.path",
            "proxy.pool.blog.health.timeout",
            "proxy.pool.blog.backends",
            "proxy.health.interval",
            "proxy.retry.on",
            "proxy.pool.shop.backends",
            "proxy.route.blog.path",
            "proxy.route.shop.host");
  }

  private static Given bare() {
    return Given.nothing().context("proxy.auth.mode", "none");
  }

  private static Given twoPools() {
    return bare()
        .context("proxy.pool.shop.backends", "http://a")
        .context("proxy.pool.blog.backends", "http://b");
  }
}
