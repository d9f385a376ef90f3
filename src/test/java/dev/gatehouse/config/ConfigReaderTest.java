package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ProxyConfig.ForwardedMode;
import dev.gatehouse.config.ProxyConfig.StatusAccess;
import dev.gatehouse.config.Tls.Verify;
import dev.gatehouse.http.HostPort;
import dev.gatehouse.testkit.Pools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  @TempDir Path folder;

  @Test
  void defaultsAreThoseOfTheTable() {
    ProxyConfig config = Given.valid().config();

    assertThat(config.debug()).isFalse();
    assertThat(config.routes())
        .containsExactly(
            new ProxyConfig.Route(
                "default", ProxyConfig.Match.ALL, "/shop", false, Optional.empty(), "default"));
    PoolConfig pool = config.pools().get(0);
    assertThat(pool.retry())
        .isEqualTo(
            new PoolConfig.Retry(
                1,
                Set.of(PoolConfig.RetryOn.CONNECT, PoolConfig.RetryOn.RESET),
                Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"),
                65_536,
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ofMillis(25),
                20));
    var second = Duration.ofSeconds(1);
    assertThat(pool.health()).isEqualTo(Pools.health("/", second, second, 3, 1));
    assertThat(config.client())
        .isEqualTo(
            new ProxyConfig.Client(
                Duration.ofSeconds(3),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ZERO,
                Duration.ofSeconds(20),
                Duration.ofHours(1),
                1000,
                256,
                64,
                0,
                4096,
                16384,
                16384));
    assertThat(config.tls().verify()).isEqualTo(Verify.FULL);
    assertThat(config.tls().protocols()).containsExactly("TLSv1.2", "TLSv1.3");
    assertThat(config.auth().enabled()).isFalse();
    assertThat(config.auth().keyHeader()).isEqualTo("X-API-Key");
    assertThat(config.auth().forwardHeader()).isEqualTo("X-Consumer-Id");
    assertThat(config.auth().statusAccess()).isEqualTo(StatusAccess.ADMIN);
    assertThat(config.forwarded())
        .isEqualTo(
            new ProxyConfig.Forwarded(ForwardedMode.X, List.of(), Optional.of("gatehouse-0a1b2c")));
    assertThat(config.answer())
        .isEqualTo(
            new ProxyConfig.Answer(
                Optional.of("X-Backend-Server"), true, ProxyConfig.RewriteCookies.OFF));
  }

  @ParameterizedTest
  @CsvSource({"/, ''", "/api, /api", "/api/, /api", "/a/b, /a/b"})
  void aPrefixEndsWithoutASlash(String given, String expected) {
    assertThat(Given.valid().context("proxy.prefix", given).config().routes().get(0).prefix())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "auto, gatehouse-0a1b2c",
    "AUTO, gatehouse-0a1b2c",
    "off,",
    "edge-1, edge-1",
    "a.b:80, a.b:80"
  })
  void viaHasANameOfOursOrNone(String given, String expected) {
    assertThat(Given.valid().context("proxy.viaHost", given).config().forwarded().via())
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void wordsAreTakenWhateverTheirCase() {
    var given = Given.valid().context("proxy.forwarded.mode", "RFC7239");
    given.context("proxy.status.access", "Local").context("proxy.lb.policy", "roundrobin");
    given.context("proxy.retry.on", "RESET").context("proxy.tls.protocols", "tlsv1.3");
    given.context("proxy.debug", "ON").context("proxy.tls.verify", "None");
    given.context("proxy.backendHeader", "Off").context("proxy.upstream.selectors", "2");

    ProxyConfig config = given.config();

    assertThat(config.forwarded().mode()).isEqualTo(ForwardedMode.RFC7239);
    assertThat(config.auth().statusAccess()).isEqualTo(StatusAccess.LOCAL);
    assertThat(config.pools().get(0).retry().on()).containsExactly(PoolConfig.RetryOn.RESET);
    assertThat(config.tls().protocols()).containsExactly("TLSv1.3");
    assertThat(config.tls().verify()).isEqualTo(Verify.NONE);
    assertThat(config.answer().backendHeader()).isEmpty();
    assertThat(config.client().selectors()).isEqualTo(2);
  }

  @Test
  void ourPagesMayHaveHostsOfTheirOwn() {
    var given = Given.valid();
    assertThat(given.config().guard().pageHosts()).isEmpty();

    given.context("proxy.status.hosts", "OPS.example., www.example:8443, [::1]:8443");
    assertThat(given.config().guard().pageHosts())
        .containsExactly(
            new HostPort("ops.example", 0),
            new HostPort("www.example", 8443),
            new HostPort("[0:0:0:0:0:0:0:1]", 8443));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "http://a.example",
        "a.example/x",
        "a.example:",
        "a.example:0",
        "a.example:65536",
        "a..b",
        "a~b",
        "::1",
        "[::g]",
        "größe.example",
        "a b",
        ".",
      })
  void aHostThatNoBrowserAsksForIsAProblem(String host) {
    assertThat(Given.valid().context("proxy.status.hosts", "ops.example, " + host).problem())
        .startsWith("proxy.status.hosts = " + host + " (context-param): write hosts such as ");
  }

  @Test
  void aRouteAtAHostOfOurPagesIsAProblem() {
    var given = Given.valid().context("proxy.route.x.host", "www.example, Ops.example");
    given.context("proxy.status.hosts", "ops.example:8443");
    assertThat(given.load().notes()).isEmpty();

    given.context("proxy.status.hosts", "ops.example");
    assertThat(given.problem())
        .isEqualTo(
            "proxy.status.hosts = ops.example (context-param): route x is for it, and no request"
                + " would get there");
  }

  @ParameterizedTest(name = "{0}: X-Forwarded-* {1}, Forwarded {2}")
  @CsvSource({"x, true, false", "rfc7239, false, true", "both, true, true", "off, false, false"})
  void theModeSaysWhichFieldsBackendsGet(String mode, boolean x, boolean rfc7239) {
    var forwarded = Given.valid().context("proxy.forwarded.mode", mode).config().forwarded();

    assertThat(forwarded.mode().x()).isEqualTo(x);
    assertThat(forwarded.mode().rfc7239()).isEqualTo(rfc7239);
  }

  @Test
  void theEndHasADelayAndATimeout() {
    var given = Given.valid();
    assertThat(given.config().shutdown())
        .isEqualTo(new ProxyConfig.Shutdown(Duration.ZERO, Duration.ofSeconds(10)));

    given.context("proxy.shutdownDelay", "5s").context("proxy.shutdownTimeout", "0");

    assertThat(given.config().shutdown())
        .isEqualTo(new ProxyConfig.Shutdown(Duration.ofSeconds(5), Duration.ZERO));
  }

  @Test
  void trustedProxiesAreRanges() {
    var given = Given.valid().init("filter exchange", "trustedProxies", "10.0.0.0/8\n::1");

    assertThat(given.config().forwarded().trusts("10.1.1.1")).isTrue();
    assertThat(given.config().forwarded().trusts("11.1.1.1")).isFalse();
    assertThat(given.config().forwarded().trusts("localhost")).isFalse();
    assertThat(Given.valid().config().forwarded().trusts("10.1.1.1")).isFalse();
  }

  @Test
  void pinsAreReadWithAnyVerificationButNone() {
    String hex = "0123456789abcdef".repeat(4);
    var given = Given.valid().context("proxy.tls.pins", hex + ",\nsha256/" + "A".repeat(43) + "=");
    assertThat(given.config().tls().pins()).hasSize(2).contains(new KeyPin(hex));
    given.context("proxy.tls.verify", "pin");
    assertThat(given.config().tls().verify()).isEqualTo(Verify.PIN);

    given.context("proxy.tls.verify", "none").context("proxy.debug", "true");
    assertThat(given.problem()).endsWith("write proxy.tls.verify=pin");
  }

  @Test
  void oneBadPinIsOneProblem() {
    String good = "A".repeat(43) + "=";
    var given = Given.valid().context("proxy.tls.verify", "pin");
    assertThat(given.context("proxy.tls.pins", good + ",x").problem())
        .startsWith("proxy.tls.pins = x (context-param): write SHA-256 hashes");
    assertThat(given.context("proxy.tls.pins", ",").problem()).contains("write SHA-256 hashes");
    assertThat(given.context("proxy.tls.pins", "${none}").problem()).contains("is not set");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "proxy.requestIdHeader, x-api-key, proxy.auth.apiKeyHeader",
    "proxy.auth.apiKeyHeader, X-REQUEST-ID, proxy.requestIdHeader",
    "proxy.auth.apiKeyHeader, X-Consumer-Id, proxy.auth.forwardHeader",
    "proxy.auth.forwardHeader, X-Backend-Server, proxy.backendHeader",
    "proxy.backendHeader, X-Request-Id, proxy.requestIdHeader",
  })
  void aFieldCarriesOneThingOnly(String name, String field, String other) {
    assertThat(Given.valid().context(name, field).problem())
        .isEqualTo(name + " = " + field + " (context-param): is the field of " + other + " too");
  }

  @Test
  void fieldsThatAreOffDoNotCollide() {
    var given = Given.valid().context("proxy.backendHeader", "off");
    var log = given.context("proxy.requestIdHeader", "Off").config().log();
    assertThat(log.requestIdHeader()).isEmpty();
    given.context("proxy.auth.apiKeyHeader", "X-Request-Id");
    assertThat(given.config().auth().keyHeader()).isEqualTo("X-Request-Id");
  }

  @Test
  void aDefaultTimeoutOfChecksShrinksToTheInterval() {
    var given = Given.valid().context("proxy.health.interval", "200ms");

    assertThat(given.config().pools().get(0).health().timeout()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void howBackendsAreWatchedMayBeSetForAPoolAlone() {
    String pool = "proxy.pool.default.";
    var given =
        Given.valid()
            .context(pool + "health.downInterval", "200ms")
            .context(pool + "health.status", "200-299, 404")
            .context(pool + "health.body", "^up$")
            .context(pool + "health.headers", "Host: a.test, X-Probe: yes")
            .context(pool + "health.passive.maxFails", "5")
            .context(pool + "health.passive.failTimeout", "1m")
            .context(pool + "health.passive.maxEjected", "10")
            .context(pool + "health.passive.serverErrors", "on")
            .context(pool + "breaker.errorRate", "50%")
            .context(pool + "breaker.openFor", "3s")
            .context(pool + "lb.slowStart", "30s")
            .context(pool + "lb.panicThreshold", "40%");

    PoolConfig read = given.config().pools().get(0);

    assertThat(read.health().downInterval()).isEqualTo(Duration.ofMillis(200));
    assertThat(read.health().status())
        .containsExactly(
            new PoolConfig.StatusRange(200, 299), new PoolConfig.StatusRange(404, 404));
    assertThat(read.health().status().get(0).contains(199)).isFalse();
    assertThat(read.health().status().get(0).contains(299)).isTrue();
    assertThat(read.health().status().get(0).contains(300)).isFalse();
    assertThat(read.health().body()).contains("^up$");
    assertThat(read.health().headers())
        .containsExactly(
            new PoolConfig.Field("Host", "a.test"), new PoolConfig.Field("X-Probe", "yes"));
    assertThat(read.passive())
        .isEqualTo(new PoolConfig.Passive(5, Duration.ofMinutes(1), 10, true));
    assertThat(read.breaker()).isEqualTo(new PoolConfig.Breaker(50, Duration.ofSeconds(3)));
    assertThat(read.balance().slowStart()).isEqualTo(Duration.ofSeconds(30));
    assertThat(read.balance().panicThreshold()).isEqualTo(40);
  }

  /** A value that is wrong alone, and what is said of it. */
  @ParameterizedTest(name = "{0} = {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "proxy.debug | yes | write true or false (or on, off)",
        "proxy.instance | my shop | write a name of letters, digits, - and _",
        "proxy.prefix | api | write a path that starts with / and has no blank, ? or #",
        "proxy.prefix | /a?b | write a path that starts with / and has no blank, ? or #",
        "proxy.health.path | /ä | write a path that starts with / and has no blank, ? or #",
        "proxy.health.path | /% | write a path that starts with / and has no blank, ? or #",
        "proxy.hostHeader | a/b | write a host name of letters, digits, dots and hyphens",
        "proxy.hostHeader | a:0 | write a host name of letters, digits, dots and hyphens",
        "proxy.hostHeader | a b | write a host name of letters, digits, dots and hyphens",
        "proxy.viaHost | a b | write a host name of letters, digits, dots and hyphens",
        "proxy.tls.serverName | 1.2.3.4 | write a host name of letters, digits, dots and hyphens",
        "proxy.tls.serverName | a:443 | write a host name of letters, digits, dots and hyphens",
        "proxy.tls.serverName | a_b | write a host name of letters, digits, dots and hyphens",
        "proxy.tls.protocols | SSLv3 | write a list of TLSv1.2, TLSv1.3",
        "proxy.tls.verify | some | write full or chain or pin or none",
        "proxy.tls.verify | none | needs proxy.debug=true: write full or chain",
        "proxy.tls.verify | pin | needs proxy.tls.pins: write there what keys backends have",
        "proxy.tls.pins | sha256/AAAA | write SHA-256 hashes of public keys: sha256/ and 44"
            + " characters of base64, or 64 hex digits",
        "proxy.tls.keyStore | /no/such | there is no such file",
        "proxy.lb.policy | fastest | write roundRobin or weighted or leastRequests or p2c or leastTime or hash or random or first",
        "proxy.lb.hashKey | ip | write clientIp, header:Name, cookie:Name or uri",
        "proxy.lb.hashKey | header: | write clientIp, header:Name, cookie:Name or uri",
        "proxy.lb.hashKey | cookie:a b | write clientIp, header:Name, cookie:Name or uri",
        "proxy.lb.sticky | yes | write off or cookie or jvmRoute",
        "proxy.lb.panicThreshold | 101 | write percent from 0 to 100, such as 20%",
        "proxy.health.status | 200-99 | write statuses from 100 to 599, such as 200-299 or 200-399,404",
        "proxy.health.status | -299 | write statuses from 100 to 599, such as 200-299 or 200-399,404",
        "proxy.health.status | 200-x | write statuses from 100 to 599, such as 200-299 or 200-399,404",
        "proxy.health.headers | X-Probe | write fields such as Authorization: Basic YTpi, with commas between them",
        "proxy.health.headers | X-Probe: ä | write fields such as Authorization: Basic YTpi, with commas between them",
        "proxy.health.status | 600 | write statuses from 100 to 599, such as 200-299 or 200-399,404",
        "proxy.health.body | (a | write a regular expression, without back-references and looking around: missing closing )",
        "proxy.health.headers | Content-Length: 1 | write fields such as Authorization: Basic YTpi, with commas between them",
        "proxy.retry.methods | POST | is not idempotent, and would be carried out twice",
        "proxy.retry.budget | -1% | write percent from 0 to 100, such as 20%",
        "proxy.health.interval | 10 | must be 100ms or more; a bare number is"
            + " milliseconds: write 10s for ten seconds",
        "proxy.health.interval | 99ms | must be 100ms or more",
        "proxy.health.interval | soon | write a number with a unit, such as 500ms,"
            + " 10s, 5m, 1h, 1d, or PT10S (at most 366d)",
        "proxy.health.timeout | 2s | must not be longer than proxy.health.interval, which is 1s",
        "proxy.health.timeout | 0 | must be 1ms or more; a bare number is"
            + " milliseconds: write 10s for ten seconds",
        "proxy.health.maxFailures | 0 | write a whole number from 1 to 100",
        "proxy.health.minSuccesses | 101 | write a whole number from 1 to 100",
        "proxy.retry.maxRetries | 11 | write a whole number from 0 to 10",
        "proxy.retry.on | reset,timeout | timeout has no effect, as a try may take 60s and none"
            + " begins after 10s: set proxy.retry.tryTimeout to less than proxy.retry.timeout",
        "proxy.retry.on | 500 | write a list of connect, reset, timeout, 502, 503, 504",
        "proxy.upstream.maxConnections | many | write a whole number from 1 to 65535",
        "proxy.upstream.maxThreads | 7 | write a whole number from 8 to 10000",
        "proxy.upstream.selectors | 33 | write auto, or a number from 1 to half of"
            + " proxy.upstream.maxThreads: 32",
        "proxy.upstream.requestBufferSize | 0 | write a number of bytes, 1 or more and"
            + " less than 2g, or with a unit, such as 16k or 64m",
        "proxy.auth.mode | jwt | write none or apiKey",
        "proxy.auth.apiKeyHeader | X Key | write the name of a header field: letters,"
            + " digits and - only",
        "proxy.auth.forwardHeader | X:Y | write the name of a header field: letters,"
            + " digits and - only",
        "proxy.backendHeader | größe | write the name of a header field: letters,"
            + " digits and - only",
        "proxy.forwarded.mode | all | write x or rfc7239 or both or off",
        "proxy.forwarded.trustedProxies | localhost | not an IPv4 or IPv6 address:"
            + " write IP addresses or ranges such as 10.0.0.0/8 or ::1; names are not looked up",
        "proxy.status.access | all | write admin or local or off",
        "proxy.status.hosts | *.example | write hosts such as ops.example, ops.example:8443 or"
            + " [2001:db8::1]; international ones as xn--...",
        "proxy.hostHeader | ${env.HOST} | ${env.HOST} is not set; set it, or write a"
            + " default: ${env.HOST:default}",
      })
  void aBadValueIsAProblemThatSaysWhatWouldBeRight(String name, String value, String reason) {
    assertThat(Given.valid().context(name, value).problem())
        .isEqualTo(name + " = " + value + " (context-param): " + reason);
  }

  @Test
  void aProblemDoesNotBringOthersWithIt() {
    var given = Given.valid().context("proxy.health.interval", "x");
    assertThat(given.context("proxy.health.timeout", "5s").problems()).hasSize(1);

    given = Given.valid().context("proxy.debug", "x").context("proxy.tls.verify", "none");
    assertThat(given.problems()).hasSize(1);

    given = Given.valid().context("proxy.backends", "${NONE}");
    assertThat(given.problems()).hasSize(1);

    given = Given.valid().context("proxy.auth.mode", "x");
    assertThat(given.problems()).hasSize(1);

    given = Given.valid().context("proxy.health.timeout", "0");
    assertThat(given.context("proxy.health.interval", "200ms").problems()).hasSize(1);
  }

  @Test
  void aKeyOrNoneAtAllMustBeChosen() {
    var given = Given.nothing().context("proxy.backends", "http://a");
    assertThat(given.problem())
        .isEqualTo(
            "proxy.auth.apiKeys: no API key is set: set one here as id:key, or name a file in"
                + " proxy.auth.apiKeyFile, or choose proxy.auth.mode=none to let everyone in");
  }

  @Test
  void aKeyFileIsAsGoodAsKeys() throws IOException {
    var file = Files.createFile(folder.resolve("keys"));
    var given = Given.valid().context("proxy.auth.mode", "APIKEY");

    ProxyConfig config = given.context("proxy.auth.apiKeyFile", file.toString()).config();

    assertThat(config.auth().enabled()).isTrue();
    assertThat(config.auth().keyFile()).contains(file);
  }

  @Test
  void trustComesFromOnePlaceAndPasswordsNeedTheirStore() throws IOException {
    String file = Files.createFile(folder.resolve("store")).toString();
    var given = Given.valid().context("proxy.tls.caFile", file).context("proxy.tls.keyStore", file);
    assertThat(given.config().tls().caFile()).isPresent();
    assertThat(given.context("proxy.tls.trustStore", file).problem())
        .endsWith("proxy.tls.trustStore is set as well: keep one of them");

    given = Given.valid().context("proxy.tls.trustStorePassword", "x");
    assertThat(given.problem()).endsWith("has no use without proxy.tls.trustStore");
    given = Given.valid().context("proxy.tls.keyStorePassword", "x");
    assertThat(given.context("proxy.tls.keyStore", "/no\0").problem())
        .isEqualTo("proxy.tls.keyStore = /no  (context-param): write the path of a file");
  }
}
