package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigExceptionTest {

  @Test
  void twelveProblemsOfAllKindsComeInOneReport() {
    var given = Given.nothing();
    given.system("proxy.health.interval", "10");
    given.system("proxy.prefix", "api");
    given.environment("PROXY_HEALTH_MAXFAILURES", "0");
    given.environment("PROXY_HELTH_PATH", "/ok");
    given.init("servlet proxy", "connectTimeout", "3 seconds");
    given.init("filter auth", "apiKeyHeadr", "X-Key");
    given.context("proxy.backends", "http://a weight=0, http://u:p@b");
    given.context("proxy.tls.verify", "none");
    given.context("proxy.hostHeader", "${env.PUBLIC_HOST}");
    given.context("proxy.config", "/WEB-INF/p.properties");
    given.insideWar.put("/WEB-INF/p.properties", "proxy.forwarded.trustedProxies = 10.0.0.0/33");

    ConfigException failure = given.failure();

    assertThat(failure.problems()).hasSize(12);
    assertThat(String.valueOf(failure.getMessage()).lines())
        .containsExactly(
            "The configuration has 12 problems:",
            "  PROXY_HELTH_PATH (environment variable): unknown name;"
                + " did you mean PROXY_HEALTH_PATH?",
            "  apiKeyHeadr (init-param of filter auth): unknown name; did you mean apiKeyHeader?",
            "  proxy.hostHeader = ${env.PUBLIC_HOST} (context-param): ${env.PUBLIC_HOST} is not"
                + " set; set it, or write a default: ${env.PUBLIC_HOST:default}",
            "  proxy.backends = http://a weight=0 (context-param): the weight must be a whole"
                + " number from 1 to 256",
            "  proxy.backends = http://***@b (context-param): a backend's URL may hold no user or"
                + " password",
            "  proxy.health.interval = 10 (system property): must be 100ms or more; a bare number"
                + " is milliseconds: write 10s for ten seconds",
            "  proxy.health.maxFailures = 0 (environment variable PROXY_HEALTH_MAXFAILURES): write"
                + " a whole number from 1 to 100",
            "  proxy.prefix = api (system property): write a path that starts with / and has no"
                + " blank, ? or #",
            "  proxy.upstream.connectTimeout = 3 seconds (init-param of servlet proxy"
                + " connectTimeout): write a number with a unit, such as 500ms, 10s, 5m, 1h, 1d, or"
                + " PT10S (at most 366d)",
            "  proxy.tls.verify = none (context-param): needs proxy.debug=true: write full or"
                + " chain",
            "  proxy.auth.apiKeys: no API key is set: set one here as id:key, or name a file in"
                + " proxy.auth.apiKeyFile, or choose proxy.auth.mode=none to let everyone in",
            "  proxy.forwarded.trustedProxies = 10.0.0.0/33 (file /WEB-INF/p.properties): the"
                + " number after / must be from 0 to 32: write IP addresses or ranges such as"
                + " 10.0.0.0/8 or ::1; names are not looked up");
  }

  @Test
  void aValueTakesOneLineAndIsCutIfLong() {
    var problem = new Problem("", "proxy.x", "a\nb" + "c".repeat(300), "no");

    assertThat(problem.toString())
        .hasSizeLessThan(230)
        .startsWith("proxy.x = a bc")
        .endsWith("c...: no");
    assertThat(new ConfigException(List.of(problem)))
        .hasMessageStartingWith("The configuration has 1 problem:\n  proxy.x");
  }
}
