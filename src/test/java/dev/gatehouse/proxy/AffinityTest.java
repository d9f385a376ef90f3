package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.RequestKey;
import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.Sources;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.Pools;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffinityTest {
  private final UpstreamPool pool =
      Pools.pool(
          "default", List.of(new Upstream("a", URI.create("http://a.test"), 1)), new RoundRobin());
  private final Map<String, String> fields = new HashMap<>();
  private final List<String> added = new ArrayList<>();
  private String context = "";
  private boolean secure;
  private boolean moved;
  private boolean trusted;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "clientIp, 192.0.2.9",
    "header:X-Tenant, blue",
    "header:X-Other, 192.0.2.9",
    "header:X-Empty, 192.0.2.9",
    "cookie:sid, 17",
    "cookie:other, 192.0.2.9",
    "uri, /a%20b?c=d",
  })
  void aPartOfTheRequestIsHashed(String what, String hashed) {
    fields.put("X-Tenant", "blue");
    fields.put("X-Empty", "");
    fields.put("Cookie", "a=1; sid=17");
    var affinity = affinity("lb.policy", "hash", "lb.hashKey", what);
    assertThat(affinity.key(request(), facts(false))).isEqualTo(new RequestKey(hashed, "", 0));
  }

  @Test
  void nothingIsLookedAtForOtherPolicies() {
    assertThat(affinity("lb.hashKey", "header:X-Tenant").key(request(), facts(false)))
        .isSameAs(RequestKey.ANY);
  }

  @Test
  void withoutStickinessCookiesPassAndNoneIsSet() {
    var affinity = affinity();
    HttpFields.Mutable head = HttpFields.build().add("Cookie", "PXROUTE=1");
    assertThat(affinity.forBackend(head).get("Cookie")).isEqualTo("PXROUTE=1");
    mark(affinity, RequestKey.ANY, HttpFields.EMPTY);
    assertThat(added).isEmpty();
  }

  @Test
  void ourCookieIsCutOutOfEachField() {
    HttpFields.Mutable head =
        HttpFields.build().add("Cookie", "PXROUTE=1").add("A", "b").add("cookie", "c=d; PXROUTE=2");
    assertThat(affinity("lb.sticky", "cookie").forBackend(head))
        .extracting(field -> field.getName() + ": " + field.getValue())
        .containsExactly("A: b", "cookie: c=d");
    HttpFields.Mutable none = HttpFields.build().add("A", "b");
    assertThat(affinity("lb.sticky", "cookie").forBackend(none).size()).isEqualTo(1);
  }

  @ParameterizedTest(name = "context [{0}], TLS {1}, a trusted peer {2} that says {3}")
  @CsvSource({
    "'', false, false, , ; Path=/; HttpOnly; SameSite=Lax",
    "/shop, false, false, , ; Path=/shop; HttpOnly; SameSite=Lax",
    "'', true, false, , ; Path=/; Secure; HttpOnly; SameSite=Lax",
    "'', false, true, https, ; Path=/; Secure; HttpOnly; SameSite=Lax",
    "'', false, false, https, ; Path=/; HttpOnly; SameSite=Lax",
    "'', true, true, http, ; Path=/; HttpOnly; SameSite=Lax",
  })
  void theCookieIsForWhereTheClientIs(
      String path, boolean tls, boolean trusted, String proto, String attributes) {
    context = path;
    secure = tls;
    if (proto != null) {
      fields.put("X-Forwarded-Proto", proto);
    }
    mark(affinity("lb.sticky", "cookie"), RequestKey.ANY, HttpFields.EMPTY, trusted);
    assertThat(added).hasSize(1);
    String cookie = added.get(0);
    assertThat(cookie).startsWith("Set-Cookie: PXROUTE=").endsWith(attributes);
    assertThat(cookie).hasSize("Set-Cookie: PXROUTE=".length() + 43 + attributes.length());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "public | 0",
        "max-age=5, S-MaxAge=9 | 0",
        "private, max-age=5 | 1",
        "no-store | 1",
        "max-age=5 | 0",
      })
  void noCookieGoesWithWhatSharedCachesKeep(String cacheControl, int cookies) {
    HttpFields from = HttpFields.build().add("Cache-Control", cacheControl);
    mark(affinity("lb.sticky", "cookie"), RequestKey.ANY, from);
    assertThat(added).hasSize(cookies);
  }

  @Test
  void aClientThatIsAtHomeIsNotTold() {
    mark(affinity("lb.sticky", "cookie"), new RequestKey("", "a", 0), HttpFields.EMPTY);
    assertThat(added).isEmpty();
    mark(affinity("lb.sticky", "cookie"), new RequestKey("", "b", 0), HttpFields.EMPTY);
    assertThat(added).hasSize(1);
  }

  @Test
  void aClientKeepsABackendThatIsFullAndLeavesOneThatFails() {
    RequestKey ofB = new RequestKey("", "b", 0);
    var unused = Pools.add(pool, new Upstream("b", URI.create("http://b.test"), 1));
    mark(affinity("lb.sticky", "cookie"), ofB, HttpFields.EMPTY);
    assertThat(added).isEmpty();
    moved = true;
    mark(affinity("lb.sticky", "cookie"), ofB, HttpFields.EMPTY);
    assertThat(added).hasSize(1);
  }

  @Test
  void theRouteOfASessionIsTheBackend() {
    var affinity = affinity("lb.sticky", "jvmRoute");
    assertThat(affinity.key(request(), facts(false)).preferred()).isEmpty();
    fields.put("Cookie", "JSESSIONID=8A.1F.node1");
    assertThat(affinity.key(request(), facts(false)).preferred()).isEqualTo("node1");
    mark(affinity, RequestKey.ANY, HttpFields.EMPTY);
    assertThat(added).as("the backend has a cookie of its own").isEmpty();
  }

  private Affinity affinity(String... settings) {
    Map<String, String> given = new HashMap<>();
    given.put("proxy.backends", "http://a.test id=a");
    given.put("proxy.auth.mode", "none");
    for (int i = 0; i < settings.length; i += 2) {
      given.put("proxy." + settings[i], settings[i + 1]);
    }
    Sources sources =
        new Sources(given, Map.of(), Map.of(), Map.of(), "", "us", path -> Optional.empty());
    PoolConfig config = Loaded.from(sources).config().pools().get(0);
    return new Affinity(config, pool, new byte[32]);
  }

  private void mark(Affinity affinity, RequestKey key, HttpFields from) {
    mark(affinity, key, from, false);
  }

  private void mark(Affinity affinity, RequestKey key, HttpFields from, boolean trusted) {
    this.trusted = trusted;
    Response answer = fake(Response.class, (method, arguments) -> from);
    HttpServletResponse to =
        fake(
            HttpServletResponse.class,
            (method, arguments) -> added.add(arguments[0] + ": " + arguments[1]) ? null : "");
    affinity.mark(key, moved, pool.candidates().get(0).upstream(), answer, request(), to);
  }

  private HttpServletRequest request() {
    return fake(
        HttpServletRequest.class,
        (method, arguments) ->
            switch (method) {
              case "getAttribute" -> facts(trusted);
              case "getContextPath" -> context;
              case "getHeader" -> fields.get(arguments[0]);
              case "getHeaderNames" -> Collections.enumeration(fields.keySet());
              case "getHeaders" ->
                  Collections.enumeration(
                      Optional.ofNullable(fields.get(arguments[0])).stream().toList());
              case "getQueryString" -> "c=d";
              case "getRequestURI" -> "/a%20b";
              case "getServerName" -> "shop.test";
              case "getServerPort" -> 80;
              case "isSecure" -> secure;
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private interface Answers {
    @Nullable Object to(String method, Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
  }

  private static Exchange facts(boolean trusted) {
    return new Exchange(
        "192.0.2.1",
        trusted,
        "192.0.2.9",
        new ExchangeId("id", Optional.empty()),
        new Journal(() -> 0));
  }
}
