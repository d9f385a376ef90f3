package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource({
    "proxy.helth.interval, '; did you mean proxy.health.interval?'",
    "proxy.Health.Interval, '; did you mean proxy.health.interval?'",
    "proxy.connectTimeout, '; did you mean proxy.upstream.connectTimeout?'",
    "proxy.backend, '; did you mean proxy.backends?'",
    "proxy.auth.apiKey, '; did you mean proxy.auth.apiKeys?'",
    "proxy.health.path_FILE, '; only secrets can be read from a file: write proxy.health.path'",
    "proxy.nonsense_FILE, ''",
    "proxy.somethingElseAltogether, ''",
    "proxy@shop.debgu, '; did you mean proxy.debug?'",
    "proxy.route.shop.paht, '; did you mean proxy.route.shop.path?'",
    "proxy.routes.shop.path, '; did you mean proxy.route.shop.path?'",
    "proxy.pool.shop.helth.path, '; did you mean proxy.pool.shop.health.path?'",
    "proxy.pool.shop.backend, '; did you mean proxy.pool.shop.backends?'",
    "proxy.pool.shop.tls.verify, '; did you mean proxy.pool.shop.lb.policy?'",
    "proxy.pool..backends, '; did you mean proxy.backends?'",
    "proxy.route.shop, ''",
    "proxy.route.a.hosts_FILE, '; did you mean proxy.route.a.host?'",
    "proxy.route.a.host_FILE, '; only secrets can be read from a file: write proxy.route.a.host'",
    "proxy@shop.route.x.hsot, '; did you mean proxy.route.x.host?'",
  })
  void anUnknownNameIsAProblemAndNamesTheNearest(String name, String suggestion) {
    var expected = "unknown name" + suggestion;

    assertThat(Given.valid().context("proxy.instance", "shop").context(name, "v4lue").problem())
        .isEqualTo(name + " (context-param): " + expected);
    assertThat(Given.valid().system("proxy.instance", "shop").system(name, "v4lue").problem())
        .isEqualTo(name + " (system property): " + expected);
  }

  @ParameterizedTest
  @CsvSource({
    "servlet proxy, conectTimeout, '; did you mean connectTimeout?'",
    "servlet proxy, interval, '; did you mean proxy.health.interval?'",
    "servlet proxy, health.interval, '; did you mean proxy.health.interval?'",
    "servlet proxy, whiteList, ''",
    "filter auth, connectTimeout, '; did you mean proxy.upstream.connectTimeout?'",
    "filter auth, max_failures, '; did you mean proxy.max_failures?'",
    "filter auth, apikeys, '; did you mean apiKeys?'",
    "filter guard, mode, '; did you mean proxy.auth.mode?'",
    "filter exchange, proxy.debg, '; did you mean proxy.debug?'",
  })
  void anUnknownInitParamOfOursIsAProblem(String part, String name, String suggestion) {
    assertThat(Given.valid().init(part, name, "v4lue").problem())
        .isEqualTo(name + " (init-param of " + part + "): unknown name" + suggestion);
  }

  @ParameterizedTest
  @CsvSource({
    "health.interval, '; did you mean proxy.health.interval?'",
    "proxy.debgu, '; did you mean proxy.debug?'",
    "color, ''",
  })
  void everyNameInOurFileMustBeOurs(String name, String suggestion) {
    var given = Given.valid().context("proxy.config", "/WEB-INF/p.properties");
    given.insideWar.put("/WEB-INF/p.properties", name + "=1\nproxy@other.nonsense=1");
    given.context("proxy.instance", "shop");

    assertThat(given.problem())
        .isEqualTo(name + " (file /WEB-INF/p.properties): unknown name" + suggestion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"proxy.route.a b.path", "proxy.route.<id>.path", "proxy.pool.a.b.backends"})
  void anIdIsOfLettersDigitsHyphensAndUnderscores(String name) {
    assertThat(Given.valid().context(name, "v4lue").problem())
        .isEqualTo(name + " (context-param): the id in it must be of letters, digits, - and _");
  }

  @Test
  void othersUseTheEnvironmentToo() {
    var given =
        Given.valid().environment("PROXY_PORT", "tcp://10.0.0.1:80").environment("HOME", "/");

    assertThat(given.load().notes())
        .containsExactly("environment variable PROXY_PORT is no parameter of this proxy: ignored");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY_POOL_SHOP_MEMBERS",
        "PROXY_POOL_SHOP_ACCESSLOG", // a parameter's own name at the end, but not one of pools
        "PROXY_ROUTE_SHOP_UPSTREAM_TIMEOUT",
        "PROXY_POOL__",
        "PROXY_POOL_",
      })
  void aVariableOfNoKnownRouteOrPoolIsNoInstances(String name) {
    for (String instance : List.of("", "pool", "pool-shop")) {
      var given = Given.valid().context("proxy.instance", instance).environment(name, "v4lue");
      boolean own = instance.equals("pool-shop") && name.endsWith("SHOP_ACCESSLOG");
      if (own) {
        assertThat(given.problem()).startsWith("proxy.accessLog = v4lue"); // it is
      } else {
        assertThat(given.load().notes())
            .as("%s in instance %s", name, instance)
            .containsExactly(
                "environment variable " + name + " is no parameter of this proxy: ignored");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY_BACKEND, PROXY_BACKENDS",
    "PROXY_HELTH_INTERVAL, PROXY_HEALTH_INTERVAL",
    "PROXY_UPSTREAMS_TIMEOUT, PROXY_UPSTREAM_TIMEOUT",
    "PROXY_SHOP_DEBGU,",
    "PROXY_ROUTE_A_PTAH, PROXY_ROUTE_A_PATH",
    "PROXY_ROUT_A_B_PATH, PROXY_ROUTE_A_B_PATH",
    "PROXY_POOL_SIZE,",
  })
  void aVariableThatLooksLikeASlipIsAProblem(String name, String nearest) {
    var given = Given.valid().context("proxy.instance", "shop").environment(name, "v4lue");
    if (nearest == null) {
      assertThat(given.load().notes()).hasSize(1);
      return;
    }
    assertThat(given.problem())
        .isEqualTo(name + " (environment variable): unknown name; did you mean " + nearest + "?");
  }

  @Test
  void namesWithoutOurPrefixAreNotOurs() {
    var given = Given.valid().context("jakarta.faces.PROJECT_STAGE", "x").system("proxyHost", "x");

    assertThat(given.load().notes()).isEmpty();
  }

  @Test
  void aliasesAreBareInTheProxyServletAndNoted() {
    var given = Given.nothing().context("proxy.auth.mode", "none");
    var params =
        Map.of(
            "proxyTo", "http://a:1",
            "timeout", "1s",
            "http.socket.timeout", "2s",
            "http.read.timeout", "3s",
            "http.maxConnections", "4",
            "proxyPassReverse", "off",
            "max_failures", "5",
            "max_retries", "6",
            "check_interval", "7s");
    params.forEach((name, value) -> given.init("servlet proxy", name, value));

    ProxyConfig config = given.config();

    PoolConfig pool = config.pools().get(0);
    assertThat(pool.backends().get(0).id()).isEqualTo("a:1");
    assertThat(config.client().totalTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.client().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.client().responseTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.client().maxConnections()).isEqualTo(4);
    assertThat(config.answer().rewriteLocation()).isFalse();
    assertThat(pool.health().maxFailures()).isEqualTo(5);
    assertThat(pool.retry().maxRetries()).isEqualTo(6);
    assertThat(pool.health().interval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(given.load().notes())
        .hasSize(8) // "timeout" is the last word of a name
        .contains(
            "init-param of servlet proxy max_failures is read as proxy.health.maxFailures",
            "init-param of servlet proxy proxyTo is read as proxy.backends");
  }

  @Test
  void aliasesHaveOurPrefixElsewhere() {
    var given =
        Given.nothing().context("proxy.targetUri", "http://a").system("proxy.timeout", "1s");
    given.environment("PROXY_MAX_FAILURES", "9").init("filter auth", "mode", "none");

    assertThat(given.config().pools().get(0).health().maxFailures()).isEqualTo(9);
    assertThat(given.load().notes())
        .containsExactly(
            "system property proxy.timeout is read as proxy.upstream.timeout",
            "environment variable PROXY_MAX_FAILURES is read as proxy.health.maxFailures",
            "context-param proxy.targetUri is read as proxy.backends");
  }

  @Test
  void aBlankAliasIsNotNoted() {
    assertThat(Given.valid().context("proxy.timeout", "").load().notes()).isEmpty();
  }
}
