package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.ProxyConfig.RewriteCookies;
import dev.gatehouse.testkit.Pools;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieMappingTest {
  private static final UpstreamPool POOL =
      Pools.pool(
          "pool",
          List.of(at("http://127.0.0.1:8000/base"), at("http://app.internal:8000/base")),
          new RoundRobin());

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "127.0.0.1, public.test",
    "app.internal, public.test",
    ".App.Internal, public.test",
    "sent.test, public.test",
    "internal, internal",
    "x.app.internal, x.app.internal",
    "..app.internal, ..app.internal",
    "app.internal:8000, app.internal:8000",
    "app.internal\", app.internal\"",
    "'', ''",
    "PUBLIC.test, PUBLIC.test",
  })
  void aBackendsDomainIsOurs(String domain, String expected) {
    CookieMapping mapping = new CookieMapping(RewriteCookies.DOMAIN, POOL, "/api");
    String cookie = "a=b; Path=/base; Domain=%s; Secure";
    assertThat(
            mapping.map(
                cookie.formatted(domain),
                at("http://127.0.0.1:8000/base"),
                "sent.test:1",
                "public.test:8443"))
        .isEqualTo(cookie.formatted(expected));
  }

  @Test
  void whoIsTakenOutOfThePoolStillMeansItself() {
    CookieMapping mapping = new CookieMapping(RewriteCookies.BOTH, POOL, "/api");
    String cookie = "a=b; Domain=gone.internal; Path=/old/x";
    assertThat(mapping.map(cookie, at("http://gone.internal/old"), "h", "public.test"))
        .isEqualTo("a=b; Domain=public.test; Path=/api/x");
  }

  @Test
  void ourOwnNameIsLeftAsItIs() {
    CookieMapping mapping = new CookieMapping(RewriteCookies.BOTH, POOL, "");
    String cookie = "a=b; Domain=.Public.test; Path=/";
    assertThat(mapping.map(cookie, at("http://b"), "public.test", "public.test")).isEqualTo(cookie);
  }

  @Test
  void anIpv6AddressHasColonsThatAreNoPort() {
    CookieMapping mapping = new CookieMapping(RewriteCookies.DOMAIN, POOL, "");
    assertThat(mapping.map("a=b; Domain=127.0.0.1", at("http://b"), "h", "[::1]:8443"))
        .isEqualTo("a=b; Domain=[::1]");
    assertThat(mapping.map("a=b; Domain=127.0.0.1", at("http://b"), "h", "[::1]"))
        .isEqualTo("a=b; Domain=[::1]");
  }

  @ParameterizedTest(name = "base ''{0}'', prefix ''{1}'': {2} -> {3}")
  @CsvSource({
    "/base, /api, /base, /api",
    "/base, /api, /base/, /api/",
    "/base, /api, /base/x, /api/x",
    "/base, /api, /baseless, /baseless",
    "/base, /api, /BASE, /BASE",
    "/base, /api, /, /",
    "/base, /api, base, base",
    "/base, /api, '', ''",
    "/base, '', /base, /",
    "/base, '', /base/x, /x",
    "'', /api, /, /api",
    "'', /api, /x, /api/x",
    "'', /api, x, x",
    "'', '', /, /",
    "'', '', /x/, /x/",
  })
  void aPathUnderTheBaseIsUnderThePrefix(String base, String prefix, String path, String expected) {
    CookieMapping mapping = new CookieMapping(RewriteCookies.PATH, POOL, prefix);
    String cookie = "a=b; Domain=127.0.0.1; HttpOnly; Path=%s;";
    assertThat(
            mapping.map(cookie.formatted(path), at("http://127.0.0.1" + base), "h", "public.test"))
        .isEqualTo(cookie.formatted(expected));
  }

  @Test
  void itCanBeOff() {
    assertThat(new CookieMapping(RewriteCookies.OFF, POOL, "").isOn()).isFalse();
    assertThat(new CookieMapping(RewriteCookies.BOTH, POOL, "").isOn()).isTrue();
  }

  private static Upstream at(String url) {
    return new Upstream(url, URI.create(url), 1);
  }
}
