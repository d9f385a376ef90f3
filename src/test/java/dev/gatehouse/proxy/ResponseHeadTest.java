package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.Pools;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseHeadTest {
  private final UpstreamPool pool =
      Pools.pool("pool", List.of(at("http://first.internal")), new RoundRobin());
  private final ResponseHead head =
      new ResponseHead(
          new ProxyConfig.Answer(Optional.empty(), true, ProxyConfig.RewriteCookies.BOTH),
          new ProxyConfig.Route(
              "route", ProxyConfig.Match.ALL, "", false, Optional.empty(), "pool"),
          pool);

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource({
    "Location, http://new.internal:8080/x, http://public.test/x",
    "Content-Location, http://new.internal:8080/x, http://public.test/x",
    "Refresh, 1; url=http://new.internal:8080/x, 1; url=http://public.test/x",
    "Set-Cookie, a=b; Domain=new.internal, a=b; Domain=public.test",
  })
  void whoIsAddedAtRunTimeIsMappedToo(String field, String value, String expected) {
    Upstream added = Pools.add(pool, at("http://new.internal:8080")).upstream();
    Upstream first = pool.candidates().get(0).upstream();

    assertThat(copied(added, field, value)).containsEntry(field, expected);
    assertThat(copied(first, field, value)).as("said by another").containsEntry(field, expected);
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource({
    "Location, http://first.internal/x, http://public.test/x",
    "Set-Cookie, a=b; Domain=first.internal, a=b; Domain=public.test",
  })
  void whoIsTakenOutMeanwhileIsMappedInItsLastAnswers(String field, String value, String expected) {
    Pools.add(pool, at("http://new.internal:8080"));
    Upstream first = pool.candidates().get(0).upstream();
    Pools.remove(pool, pool.candidates().get(0));

    assertThat(copied(first, field, value)).containsEntry(field, expected);
  }

  private Map<String, String> copied(Upstream from, String field, String value) {
    Map<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    HttpFields fields = HttpFields.build().add(field, value).asImmutable();
    Response response =
        fake(Response.class, (name, args) -> name.equals("getStatus") ? 302 : fields);
    HttpServletResponse to =
        fake(
            HttpServletResponse.class,
            (name, args) ->
                name.equals("setStatus") ? null : seen.put(args[0].toString(), args[1].toString()));
    head.copy(response, from, from.authority(), request(), to);
    return seen;
  }

  private static HttpServletRequest request() {
    Exchange exchange =
        new Exchange(
            "192.0.2.1",
            false,
            "192.0.2.1",
            new ExchangeId("1", Optional.empty()),
            new Journal(() -> 0));
    return fake(
        HttpServletRequest.class,
        (name, args) ->
            switch (name) {
              case "getAttribute" -> exchange;
              case "getHeaderNames" -> Collections.enumeration(List.of("Host"));
              case "getHeaders" -> Collections.enumeration(List.of("public.test"));
              case "getHeader" -> args[0].equals("Host") ? "public.test" : null;
              case "isSecure" -> false;
              default -> throw new UnsupportedOperationException(name);
            });
  }

  private static <T> T fake(Class<T> type, BiFunction<String, Object[], @Nullable Object> does) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> does.apply(method.getName(), args)));
  }

  private static Upstream at(String url) {
    return new Upstream(url, URI.create(url), 1);
  }
}
